/// How long the encoder looks for a better latent.
public enum EncodingEffort: String, Hashable, Sendable, Codable, CaseIterable {
    /// The base network's own inner loop: a few steps, whatever the scene's size.
    case quick
    /// Goes on while the measured loss gets better.
    case thorough
}
