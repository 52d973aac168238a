import MetaLearning

/// The textual form of a latent grid in settings and reports.
extension LatentGrid: CustomStringConvertible {
    /// `scene`, `cells ROWSxCOLUMNS` or `tiles LINESxSAMPLES`.
    public var description: String {
        switch self {
        case .scene: "scene"
        case .cells(let rows, let columns): "cells \(rows)x\(columns)"
        case .tiles(let lines, let samples): "tiles \(lines)x\(samples)"
        }
    }

    /// A grid from its textual form.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` for any other text.
    public init(parsing text: String) throws {
        let words = text.split(separator: " ")
        let extents = words.count == 2 ? words[1].split(separator: "x").map { Int($0) } : []
        switch (words.first, extents.count) {
        case ("scene", 0) where words.count == 1: self = .scene
        case ("cells", 2):
            self = .cells(rows: extents[0] ?? 0, columns: extents[1] ?? 0)
        case ("tiles", 2):
            self = .tiles(lines: extents[0] ?? 0, samples: extents[1] ?? 0)
        default:
            throw ArchiveError.badArgument(
                reason: "a latent grid is 'scene', 'cells ROWSxCOLUMNS' or 'tiles LINESxSAMPLES'")
        }
        try check()
    }
}
