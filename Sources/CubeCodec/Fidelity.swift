import Foundation

/// How faithfully a cube is archived. Its text is `lossless`, `max-error=N` or `latent`.
public enum Fidelity: Hashable, Sendable, Codable, LosslessStringConvertible {
    /// Every bit of every sample.
    case lossless
    /// Every sample within this absolute distance of the original, in the data's own units; finite
    /// and not negative. Nodata and non-finite samples are kept exactly. 0 is the same as lossless.
    case maximumError(Double)
    /// The latent alone: no exact stream is kept.
    case latent

    private static let errorPrefix = "max-error="

    /// Reads the text; nil for anything else, such as a negative or infinite error.
    public init?(_ text: String) {
        switch text {
        case "lossless": self = .lossless
        case "latent": self = .latent
        default:
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
            Self.errorPrefix + (Int(exactly: bound).map { "\($0)" } ?? "\(bound)")
        }
    }

    /// Decodes the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let fidelity = Fidelity(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is not lossless, max-error=N or latent")
        }
        self = fidelity
    }

    /// Encodes as the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
