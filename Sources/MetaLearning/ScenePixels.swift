import Basics
import Cube

/// A bounded sample of one cube's pixels, as training and encoding want them.
///
/// Invariant: pixels of a cell are consecutive, cells in order; `coordinates.count == 2 *
/// pixelCount`, `values.count == liveBandIndices.count * pixelCount`.
public struct ScenePixels: Sendable {
    /// The cube that the pixels come from.
    public let description: CubeDescription
    /// The grid that the coordinates are local to.
    public let grid: LatentGrid
    /// The grid laid over the cube.
    public let cells: LatentCells
    /// From data units to [0, 1], from all valid samples of the cube's live bands.
    public let scaling: ValueScaling
    /// What each band holds; as many as the cube has bands.
    public let bandStates: [BandState]
    /// The bands that ``values`` holds: those that are live, ascending.
    public let liveBandIndices: [Int]
    /// The pixels of each cell, as ranges of pixel indices; empty where a cell has no valid pixel.
    public internal(set) var pixelRanges: [Range<Int>]
    /// [pixels][x, y] in -1...1 inside the pixel's cell.
    public internal(set) var coordinates: [Float]
    /// [pixels][live bands] samples scaled to 0...1; NaN marks a sample that is not valid.
    public internal(set) var values: [Float]

    /// Number of sampled pixels.
    public var pixelCount: Int { coordinates.count / 2 }

    /// The cells of which any pixel was kept.
    public var keptCells: [Int] { pixelRanges.indices.filter { !pixelRanges[$0].isEmpty } }
}

extension ScenePixels {
    /// Samples a whole source, reading blocks of lines of at most `blockByteCount` bytes.
    ///
    /// - Throws: what the source throws; ``MetaLearningError``; ``BasicsError/stopped``.
    public init(
        reading source: some CubeSource, grid: LatentGrid, seed: UInt64,
        pixelBudget: Int = 20_000, cellLimit: Int? = nil, blockByteCount: Int = 16 << 20,
        stop: StopToken = StopToken()
    ) throws {
        var collector = try ScenePixelCollector(
            description: source.description, grid: grid, seed: seed, pixelBudget: pixelBudget,
            cellLimit: cellLimit)
        for lines in source.lineRanges(ofAtMost: blockByteCount) {
            try stop.check()
            collector.add(block: try source.read(lines: lines))
        }
        self = try collector.finish()
    }
}
