import Cube

/// How hard an archive tries to make exact streams short.
public enum ExactEffort: String, Sendable, CaseIterable {
    /// The public standard or band differences: tens of megasamples a second.
    case normal
    /// ``AdaptiveCoder`` too: about a megasample a second and core, both ways.
    case best

    /// How blocks are coded with this effort.
    ///
    /// - Parameter sample: a window of the cube to search coding parameters on.
    public func choice(sample: SampleBlock?) -> ExactCoderChoice {
        switch self {
        case .normal: .automatic(sample: sample)
        case .best: .best(sample: sample)
        }
    }
}
