/// The coders that streams may name. Numbers are never reused.
public enum ExactCoderIdentifier: UInt8, Sendable, CaseIterable {
    /// ``BandDifferenceCoder``.
    case bandDifference = 1

    /// The coder of this number.
    var coder: any ExactCoder {
        switch self {
        case .bandDifference: BandDifferenceCoder()
        }
    }
}
