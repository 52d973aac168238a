import Foundation

/// How faithfully a cube is archived. Its text is `lossless`, `max-error=N`,
/// `max-error=N%` or `latent`.
public enum Fidelity: Hashable, Sendable, Codable, LosslessStringConvertible {
    /// Every bit of every sample.
    case lossless
    /// Every sample within this absolute distance of the original, in the data's own units; finite
    /// and not negative. Nodata and non-finite samples are kept exactly. 0 is the same as lossless.
    case maximumError(Double)
    /// Every sample within this many percent of its own original value: |error| <= percent / 100 x
    /// |sample|, so zeros stay zeros. In ``percentRange``. Nodata and non-finite samples are kept
    /// exactly.
    case maximumRelativeError(percent: Double)
    /// The latent alone: no exact stream is kept.
    case latent

    /// The relative errors that a cube may be archived with, in percent.
    public static let percentRange = 0.001...50.0

    private static let errorPrefix = "max-error="

    /// Reads the text; nil for anything else, such as a negative or infinite error.
    public init?(_ text: String) {
        switch text {
        case "lossless": self = .lossless
        case "latent": self = .latent
        default:
            if text.hasPrefix(Self.errorPrefix), text.hasSuffix("%") {
                let number = text.dropFirst(Self.errorPrefix.count).dropLast()
                guard let percent = Double(number), Self.percentRange.contains(percent) else {
                    return nil
                }
                self = .maximumRelativeError(percent: percent)
                return
            }
            guard text.hasPrefix(Self.errorPrefix),
                let bound = Double(text.dropFirst(Self.errorPrefix.count)),
                bound.isFinite, bound >= 0
            else { return nil }
            self = .maximumError(bound)
        }
    }

    /// The text, from which the same value can be read back.
    public var description: String {
        switch self {
        case .lossless: "lossless"
        case .latent: "latent"
        case .maximumError(let bound):
            Self.errorPrefix + Self.number(bound)
        case .maximumRelativeError(let percent):
            Self.errorPrefix + Self.number(percent) + "%"
        }
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// Decodes the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let fidelity = Fidelity(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is not lossless, max-error=N, max-error=N% or latent")
        }
        self = fidelity
    }

    /// Encodes as the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
