import Cube

/// How far the seams between a latent's cells are smoothed after decoding, as video coders do.
///
/// Cells know nothing of their neighbours, so decoded samples jump where two of them meet. At each
/// seam the jump D, between the two pixels that touch it, is spread over some pixels on both sides:
/// the pixel at distance i = 0, 1 ... from the seam moves towards the other side by w_i D, with
/// w_i = strength x (reach - i) / (2 reach + 1), so that at full strength the jump becomes a ramp
/// of equal steps. First along samples, then along lines. How far is best depends on how little of
/// the scene a latent tells; the encoder measures it, and the latent's stream says it.
public struct Deblocking: Hashable, Sendable, Codable {
    /// Levels that there are: 1 is a reach of one pixel at half strength, and level n from 2 on a
    /// reach of 2^(n - 2) pixels at full strength.
    public static let levels = 1...12

    /// In ``levels``.
    public let level: Int

    /// Nil where there is no such level.
    public init?(level: Int) {
        guard Self.levels.contains(level) else { return nil }
        self.level = level
    }

    /// Pixels on each side of a seam that move.
    public var reach: Int { level == 1 ? 1 : 1 << (level - 2) }

    /// w_i, for `distance` i in 0..<reach; at most 1/2.
    func weight(atDistance distance: Int) -> Float {
        Float(reach - distance) / Float(2 * reach + 1) * (level == 1 ? 0.5 : 1)
    }

    /// Levels worth trying on a grid: none where there is one cell.
    public static func candidates(for cells: LatentCells) -> [Deblocking] {
        guard cells.cellCount > 1 else { return [] }
        let cell = cells.window(ofCellAt: 0)
        return candidates(forCellsOf: cell.lines.count, by: cell.samples.count)
    }

    /// Levels worth trying on cells of this size: up to a reach of half the longer side.
    public static func candidates(forCellsOf lines: Int, by samples: Int) -> [Deblocking] {
        levels.compactMap(Deblocking.init).filter { 2 * $0.reach <= max(2, lines, samples) }
    }
}
