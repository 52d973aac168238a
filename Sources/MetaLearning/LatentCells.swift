import Cube

/// A ``LatentGrid`` laid over one cube: rows x columns of cells that cover every pixel once.
public struct LatentCells: Hashable, Sendable {
    /// Rows of cells.
    public let rows: Int
    /// Columns of cells.
    public let columns: Int
    private let grid: LatentGrid
    private let geometry: CubeGeometry

    /// Lays a grid over a cube.
    ///
    /// - Throws: ``MetaLearningError/impossibleGrid(reason:)``.
    public init(_ grid: LatentGrid, over geometry: CubeGeometry) throws(MetaLearningError) {
        try grid.check()
        // Cell boundaries multiply positions by counts of cells.
        let product = max(geometry.lines, geometry.samples).addingReportingOverflow(1).partialValue
            .multipliedReportingOverflow(by: Int(Int32.max))
        guard !product.overflow else {
            throw .impossibleGrid(reason: "a side of the cube is too long")
        }
        self.grid = grid
        self.geometry = geometry
        switch grid {
        case .scene:
            (rows, columns) = (1, 1)
        case .cells(let rows, let columns):
            self.rows = min(rows, geometry.lines)
            self.columns = min(columns, geometry.samples)
        case .tiles(let lines, let samples):
            rows = (geometry.lines - 1) / lines + 1
            columns = (geometry.samples - 1) / samples + 1
        }
    }

    /// Number of cells, and of latents.
    public var cellCount: Int { rows * columns }

    /// Lines of a row of cells.
    public func lines(ofRow row: Int) -> Range<Int> {
        switch grid {
        case .tiles(let lines, _): row * lines..<min((row + 1) * lines, geometry.lines)
        case .scene, .cells: part(row, of: rows, in: geometry.lines)
        }
    }

    /// Samples of a column of cells.
    public func samples(ofColumn column: Int) -> Range<Int> {
        switch grid {
        case .tiles(_, let samples):
            column * samples..<min((column + 1) * samples, geometry.samples)
        case .scene, .cells: part(column, of: columns, in: geometry.samples)
        }
    }

    /// The pixels of one cell; cells count row by row.
    public func window(ofCellAt index: Int) -> CubeWindow {
        CubeWindow(
            lines: lines(ofRow: index / columns), samples: samples(ofColumn: index % columns))
    }

    /// The row of cells that holds a line.
    public func row(ofLine line: Int) -> Int {
        switch grid {
        case .tiles(let lines, _): line / lines
        case .scene, .cells: index(of: line, parts: rows, in: geometry.lines)
        }
    }

    /// The column of cells that holds a sample.
    public func column(ofSample sample: Int) -> Int {
        switch grid {
        case .tiles(_, let samples): sample / samples
        case .scene, .cells: index(of: sample, parts: columns, in: geometry.samples)
        }
    }

    /// y of a line inside its cell: -1...1 from edge to edge, taken at the pixel's centre. A tile
    /// that the cube's edge cuts keeps the scale of the others, so it stays below 1.
    public func localY(ofLine line: Int) -> Float {
        let range = lines(ofRow: row(ofLine: line))
        let extent = if case .tiles(let lines, _) = grid { lines } else { range.count }
        return Self.centre(line - range.lowerBound, of: extent)
    }

    /// x of a sample inside its cell; as ``localY(ofLine:)``.
    public func localX(ofSample sample: Int) -> Float {
        let range = samples(ofColumn: column(ofSample: sample))
        let extent = if case .tiles(_, let samples) = grid { samples } else { range.count }
        return Self.centre(sample - range.lowerBound, of: extent)
    }

    private static func centre(_ offset: Int, of extent: Int) -> Float {
        Float((Double(2 * offset) + 1) / Double(extent) - 1)
    }

    // Parts differ by at most one pixel; part p starts at floor(p * count / parts).
    private func part(_ index: Int, of parts: Int, in count: Int) -> Range<Int> {
        index * count / parts..<(index + 1) * count / parts
    }

    private func index(of position: Int, parts: Int, in count: Int) -> Int {
        ((position + 1) * parts - 1) / count
    }
}
