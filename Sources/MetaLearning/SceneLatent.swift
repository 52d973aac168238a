import Cube

/// A cube as a base network sees it: a few values per cell, and what its numbers mean.
///
/// With the base network and the cube's description this decodes to every sample. The band mapping
/// is not part of it: ``BandMapping`` follows from the description.
///
/// Invariant: `values.count == rows * columns * latentCount`.
public struct SceneLatent: Hashable, Sendable, Codable {
    /// Which of the base network and its companions decodes it: ``BaseNetwork/levels``.
    public var level: Int
    /// Rows of cells of that level's grid over the cube.
    public let rows: Int
    /// Columns of cells.
    public let columns: Int
    /// Values per cell.
    public let latentCount: Int
    /// [rows][columns][latentCount] latent values phi.
    public var values: [Float]
    /// From the network's outputs to data units.
    public let scaling: ValueScaling
    /// What each band of the cube holds; as many as the cube has bands.
    public let bandStates: [BandState]
    /// How the seams between cells are smoothed after decoding; nil where they are left.
    public var deblocking: Deblocking?

    /// A latent over existing values.
    public init(
        level: Int = 0, rows: Int, columns: Int, latentCount: Int, values: [Float],
        scaling: ValueScaling, bandStates: [BandState], deblocking: Deblocking? = nil
    ) {
        precondition(
            values.count == rows * columns * latentCount, "a latent has values for every cell")
        self.level = level
        self.rows = rows
        self.columns = columns
        self.latentCount = latentCount
        self.values = values
        self.scaling = scaling
        self.bandStates = bandStates
        self.deblocking = deblocking
    }

    /// Number of cells.
    public var cellCount: Int { rows * columns }

    /// The latent of one cell, [latentCount]; cells count row by row.
    public func cell(_ index: Int) -> [Float] {
        Array(values[index * latentCount..<(index + 1) * latentCount])
    }

    /// The latents of all cells, [cells][latentCount].
    public var cells: [[Float]] { (0..<cellCount).map(cell) }
}
