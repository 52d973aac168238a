/// How long the encoder looks for a better latent.
public enum EncodingEffort: String, Hashable, Sendable, Codable, CaseIterable {
    /// The base network's own inner loop: a few steps, whatever the scene's size.
    case fast
    /// Goes on while a step gains more, on pixels that it does not use itself, than rounding the
    /// latent may cost.
    case normal
    /// Goes on, on more pixels, while the loss gets better at all.
    case best

    /// Steps of each search for latents of tiles with a price on their bits.
    public var tileIterationCount: Int {
        switch self {
        case .fast: 8
        case .normal: 20
        case .best: 60
        }
    }
}
