/// What became of an attempt to encode a cube against a base network.
public enum EncodingOutcome: String, Sendable, Hashable, Codable {
    /// Verified; it is or was the cube's current encoding.
    case accepted
    /// Measured and found worse than what it should have replaced; kept so as not to be repeated.
    case rejected
}
