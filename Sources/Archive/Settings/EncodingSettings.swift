/// Settings of `[encoding]`.
public struct EncodingSettings: Sendable, Equatable {
    /// Pixels of each latent cell that the search uses.
    public var pixelBudget = 20_000
    /// Loss that the quantisation of latents may add.
    public var quantizationLossDecibels = 0.05
}
