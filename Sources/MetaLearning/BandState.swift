/// What one band of one cube holds, as far as its latent is concerned.
public enum BandState: Hashable, Sendable, Codable {
    /// Samples that vary: learnt, and decoded by the network.
    case live
    /// Every valid sample has this value, in data units: recorded, not learnt.
    case constant(Double)
    /// No valid sample, or the source's bad-band list excludes it: neither learnt nor decoded.
    case absent
}
