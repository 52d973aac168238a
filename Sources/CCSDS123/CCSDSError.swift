import Basics

/// What can go wrong between samples and a CCSDS 123.0-B-2 stream.
public enum CCSDSError: CubevaultError, Equatable {
    /// A coding parameter is outside what the standard allows; choose one inside `allowed`.
    case invalidParameter(name: String, value: String, allowed: String)
    /// A sample needs more bits than the stated bit depth; raise the bit depth.
    case sampleOutOfRange(value: Int, allowed: ClosedRange<Int>)
    /// The stream uses a part of the standard that this program leaves out.
    case unsupported(feature: String)
    /// The stream declares more samples than the caller accepts; raise the limit if it is wanted.
    case tooLarge(sampleCount: Int, limit: Int)
    /// The stream ended before `part`; fetch it again.
    case truncated(part: String)
    /// The stream is not what any conforming encoder writes; fetch it again.
    case malformed(reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value, let allowed):
            "CCSDS 123 parameter \(name) is \(value); it must be \(allowed)"
        case .sampleOutOfRange(let value, let allowed):
            "a sample is \(value), outside \(allowed.lowerBound)...\(allowed.upperBound); "
                + "state a larger bit depth"
        case .unsupported(let feature):
            "this CCSDS 123 stream uses \(feature), which this program does not read"
        case .tooLarge(let sampleCount, let limit):
            "this CCSDS 123 stream declares \(sampleCount) samples, more than the limit of \(limit)"
        case .truncated(let part):
            "this CCSDS 123 stream ends inside \(part); fetch it again from its source"
        case .malformed(let reason):
            "this CCSDS 123 stream is damaged: \(reason); fetch it again from its source"
        }
    }

    /// Damaged streams have a status of their own.
    public var exitStatus: ExitStatus {
        switch self {
        case .truncated, .malformed: .damaged
        case .invalidParameter: .usage
        case .sampleOutOfRange, .unsupported, .tooLarge: .failed
        }
    }
}
