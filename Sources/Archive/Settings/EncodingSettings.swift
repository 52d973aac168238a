import MetaLearning

/// Settings of `[encoding]`.
public struct EncodingSettings: Sendable, Equatable {
    /// How long to look for a better latent: fast, normal or best.
    public var effort = "fast"
    /// Pixels of each latent cell that the search uses.
    public var pixelBudget = 20_000
    /// Loss that the quantisation of latents may add.
    public var quantizationLossDecibels = 0.05

    /// The effort as a value.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where the text is none.
    func parsedEffort() throws -> EncodingEffort {
        guard let value = EncodingEffort(rawValue: effort) else {
            throw ArchiveError.badArgument(
                reason: "an effort is 'fast', 'normal' or 'best'; '\(effort)' is none")
        }
        return value
    }
}
