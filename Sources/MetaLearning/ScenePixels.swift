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
    public let pixelRanges: [Range<Int>]
    /// [pixels][x, y] in -1...1 inside the pixel's cell.
    public let coordinates: [Float]
    /// [pixels][live bands] samples scaled to 0...1; NaN marks a sample that is not valid.
    public let values: [Float]

    /// Number of sampled pixels.
    public var pixelCount: Int { coordinates.count / 2 }
}
