import MetaLearning

/// Settings of `[tiles]`: the companion of the next base network, for scenes that it has not seen.
public struct TilesSettings: Sendable, Equatable {
    /// `tiles LINESxSAMPLES`, or `none` for no companion.
    public var grid = "tiles 8x8"
    /// K, the number of hidden layers.
    public var hiddenLayerCount = 3
    /// d, the width of a hidden layer.
    public var hiddenWidth = 64
    /// Values in one latent phi.
    public var latentCount = 32
    /// w0, the frequency of the sines.
    public var omega = 6.0
    /// Its part of the time of a training, in percent.
    public var trainingPercent = 25.0

    /// The grid; nil for no companion.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)``.
    func parsedGrid() throws -> LatentGrid? {
        if grid == "none" { return nil }
        let parsed = try LatentGrid(parsing: grid)
        guard case .tiles = parsed else {
            throw ArchiveError.badArgument(
                reason: "the companion's grid is 'tiles LINESxSAMPLES' or 'none'")
        }
        return parsed
    }
}
