/// A grid of characters on which lines are drawn dot by dot.
struct TerminalDots {
    private let columnCount: Int
    private let rowCount: Int
    private let style: TerminalSpectrum.Style
    /// Dots per character: 2 x 4 in Braille, 1 x 1 in ASCII.
    private let cell: (columns: Int, rows: Int)
    // [rows of characters][columns of characters]: the Braille pattern's eight bits
    private var patterns: [UInt8]

    /// An empty grid.
    init(columnCount: Int, rowCount: Int, style: TerminalSpectrum.Style) {
        self.columnCount = columnCount
        self.rowCount = rowCount
        self.style = style
        cell = style == .braille ? (2, 4) : (1, 1)
        patterns = Array(repeating: 0, count: columnCount * rowCount)
    }

    /// One string of `columnCount` characters per row, from the top.
    var rows: [String] {
        (0..<rowCount).map { row in
            String(
                patterns[row * columnCount..<(row + 1) * columnCount].map { pattern in
                    switch style {
                    case .braille: Character(Unicode.Scalar(0x2800 + UInt32(pattern)) ?? " ")
                    case .plain: pattern == 0 ? " " : "*"
                    }
                })
        }
    }

    /// Draws a line through points whose coordinates are 0...1, y upward.
    mutating func draw(_ points: [(x: Double, y: Double)]) {
        let right = Double(columnCount * cell.columns - 1)
        let bottom = Double(rowCount * cell.rows - 1)
        let places = points.map {
            (x: Int(($0.x * right).rounded()), y: Int(((1 - $0.y) * bottom).rounded()))
        }
        if let first = places.first { set(first.x, first.y) }
        for (from, to) in zip(places, places.dropFirst()) {
            let steps = max(abs(to.x - from.x), abs(to.y - from.y), 1)
            for step in 1...steps {
                let share = Double(step) / Double(steps)
                set(
                    from.x + Int((Double(to.x - from.x) * share).rounded()),
                    from.y + Int((Double(to.y - from.y) * share).rounded()))
            }
        }
    }

    private mutating func set(_ x: Int, _ y: Int) {
        // The bits of a Braille pattern, [rows][columns].
        let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
        let bit = style == .braille ? bits[y % 4 * 2 + x % 2] : 1
        patterns[y / cell.rows * columnCount + x / cell.columns] |= bit
    }
}
