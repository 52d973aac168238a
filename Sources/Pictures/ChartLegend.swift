/// The names of a chart's series, in rows above the axes, where they can hide no line.
struct ChartLegend {
    private struct Entry {
        let name: String
        let color: PictureColor
        let isDashed: Bool
        let hasMarkers: Bool
        /// Distance from the legend's left edge, in pixels.
        let x: Float
        let row: Int
    }

    private let entries: [Entry]
    private let size: Float
    private let rowCount: Int

    /// Height in pixels; 0 where there is nothing to tell apart.
    var height: Float { Float(rowCount) * size * 2 }

    /// Flows the names into rows of at most `width` pixels.
    init(_ series: [ChartSeries], size: Float, width: Float) {
        self.size = size
        var entries: [Entry] = []
        var x: Float = 0
        var row = 0
        let named = series.enumerated().filter { !$0.element.name.isEmpty }
        for (index, line) in named {
            let entryWidth = size * 3.2 + Canvas.width(of: line.name, size: size) + size * 2
            if x > 0 && x + entryWidth - size * 2 > width {
                x = 0
                row += 1
            }
            entries.append(
                Entry(
                    name: line.name, color: LineChart.palette[index % LineChart.palette.count],
                    isDashed: line.isDashed, hasMarkers: line.hasMarkers, x: x, row: row))
            x += entryWidth
        }
        self.entries = entries
        rowCount = entries.isEmpty ? 0 : row + 1
    }

    /// Draws the rows so that the last one's middle lies at `bottom`.
    func draw(on canvas: inout Canvas, x: Float, bottom: Float, ink: PictureColor) {
        for entry in entries {
            let y = bottom - Float(rowCount - 1 - entry.row) * size * 2
            let left = x + entry.x
            let stroke: [(x: Float, y: Float)] = [(left, y), (left + size * 2.2, y)]
            let width = max(1.6, size * 0.2)
            let pieces =
                entry.isDashed
                ? ChartDash.pieces(of: stroke, dash: size * 0.55, gap: size * 0.4) : [stroke]
            for piece in pieces { canvas.stroke(piece, width: width, color: entry.color) }
            if entry.hasMarkers {
                canvas.stroke([(left + size * 1.1, y)], width: width * 2.4, color: entry.color)
            }
            canvas.write(entry.name, x: left + size * 2.9, y: y, size: size, color: ink)
        }
    }
}
