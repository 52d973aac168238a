/// The coders that streams may name. Numbers are never reused.
public enum ExactCoderIdentifier: UInt8, Sendable, CaseIterable {
    /// ``BandDifferenceCoder``.
    case bandDifference = 1
    /// ``CCSDSCoder``.
    case ccsds123 = 2
    /// ``AdaptiveCoder``.
    case adaptive = 3

    /// The coder of this number, as it decodes.
    var coder: any ExactCoder {
        switch self {
        case .bandDifference: BandDifferenceCoder()
        case .ccsds123: CCSDSCoder()
        case .adaptive: AdaptiveCoder()
        }
    }
}
