import Cube

/// How a cube is divided into cells, each of which has a latent of its own.
public enum LatentGrid: Hashable, Sendable, Codable {
    /// One latent for the whole scene.
    case scene
    /// A fixed number of rows and columns of cells, whatever the cube's size (never more than it
    /// has lines and samples).
    case cells(rows: Int, columns: Int)
    /// Cells of a fixed number of lines and samples; those at the far edges may be smaller.
    case tiles(lines: Int, samples: Int)

    /// Requires positive extents below 2^31.
    ///
    /// - Throws: ``MetaLearningError/impossibleGrid(reason:)``.
    public func check() throws(MetaLearningError) {
        let extents =
            switch self {
            case .scene: (1, 1)
            case .cells(let rows, let columns): (rows, columns)
            case .tiles(let lines, let samples): (lines, samples)
            }
        let range = 1...Int(Int32.max)
        guard range.contains(extents.0), range.contains(extents.1) else {
            throw .impossibleGrid(reason: "\(extents.0) x \(extents.1) is not a grid")
        }
    }
}
