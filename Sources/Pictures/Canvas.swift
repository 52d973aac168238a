/// Anti-aliased drawing on a picture; coordinates are pixels from the upper left corner.
struct Canvas {
    /// What has been drawn so far.
    private(set) var picture: Picture

    /// An empty canvas.
    init(width: Int, height: Int, color: PictureColor) {
        picture = Picture(width: width, height: height, color: color)
    }

    /// Fills a rectangle whose edges lie on pixel borders; what lies outside is left out.
    mutating func fill(columns: Range<Int>, rows: Range<Int>, color: PictureColor) {
        for row in rows.clamped(to: 0..<picture.height) {
            for column in columns.clamped(to: 0..<picture.width) { picture[column, row] = color }
        }
    }

    /// Draws a line through points with a round pen; one point alone is a dot.
    ///
    /// The whole line is covered at once, so that its joints are not darker than the rest.
    mutating func stroke(
        _ points: [(x: Float, y: Float)], width: Float, color: PictureColor,
        inside clip: (columns: Range<Int>, rows: Range<Int>)? = nil
    ) {
        let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
        guard let first = finite.first else { return }
        let reach = width / 2 + 1
        let allColumns = clip?.columns ?? 0..<picture.width
        let allRows = clip?.rows ?? 0..<picture.height
        let columns = Self.pixels(finite.map(\.x), reach, allColumns)
        let rows = Self.pixels(finite.map(\.y), reach, allRows)
        guard !columns.isEmpty, !rows.isEmpty else { return }
        // [rows][columns] of the line's bounding box
        var coverage = [Float](repeating: 0, count: columns.count * rows.count)
        let ends = finite.count == 1 ? [first] : Array(finite.dropFirst())
        for (from, to) in zip(finite, ends) {
            let nearColumns = Self.pixels([from.x, to.x], reach, columns)
            for row in Self.pixels([from.y, to.y], reach, rows) {
                for column in nearColumns {
                    let place = (x: Float(column) + 0.5, y: Float(row) + 0.5)
                    let covered = width / 2 + 0.5 - Self.distance(place, from, to)
                    guard covered > 0 else { continue }
                    let index =
                        (row - rows.lowerBound) * columns.count + column - columns.lowerBound
                    coverage[index] = max(coverage[index], min(1, covered))
                }
            }
        }
        for (offset, amount) in coverage.enumerated() where amount > 0 {
            let column = columns.lowerBound + offset % columns.count
            let row = rows.lowerBound + offset / columns.count
            picture[column, row] = picture[column, row].covered(by: color, amount)
        }
    }

    /// Writes a text whose capitals are `size` pixels high; `y` is their middle.
    ///
    /// - Parameters:
    ///   - anchor: 0 if `x` is the text's left edge, 0.5 its middle, 1 its right edge.
    ///   - isUpward: turned by a quarter, reading upward; `x` and `y` swap their roles.
    mutating func write(
        _ text: String, x: Float, y: Float, size: Float, color: PictureColor, anchor: Float = 0,
        isUpward: Bool = false
    ) {
        let scale = size / StrokeFont.capitalHeight
        var pen = -anchor * StrokeFont.width(of: text) * scale
        for character in text {
            let glyph = StrokeFont.glyph(character)
            for stroke in glyph.strokes {
                let points = stroke.map { point -> (x: Float, y: Float) in
                    let along = pen + point.x * scale
                    let across = (point.y - StrokeFont.capitalHeight / 2) * scale
                    return isUpward ? (x + across, y - along) : (x + along, y + across)
                }
                self.stroke(points, width: max(1, size * 0.125), color: color)
            }
            pen += glyph.advance * scale
        }
    }

    /// Width in pixels of a text of the given size.
    static func width(of text: String, size: Float) -> Float {
        StrokeFont.width(of: text) * size / StrokeFont.capitalHeight
    }

    /// The pixels within `reach` of some coordinates, limited to a range; coordinates far outside
    /// are drawn in by the limit before they become integers.
    private static func pixels(
        _ values: [Float], _ reach: Float, _ limit: Range<Int>
    ) -> Range<Int> {
        let bounds = (low: Float(limit.lowerBound), high: Float(limit.upperBound))
        func clamp(_ value: Float) -> Int { Int(max(bounds.low, min(bounds.high, value))) }
        let low = clamp(((values.min() ?? 0) - reach).rounded(.down))
        let high = clamp(((values.max() ?? 0) + reach).rounded(.up))
        return low..<max(low, high)
    }

    private static func distance(
        _ place: (x: Float, y: Float), _ from: (x: Float, y: Float), _ to: (x: Float, y: Float)
    ) -> Float {
        let along = (x: to.x - from.x, y: to.y - from.y)
        let length = along.x * along.x + along.y * along.y
        let projection = (place.x - from.x) * along.x + (place.y - from.y) * along.y
        let share = length > 0 ? max(0, min(1, projection / length)) : 0
        let gap = (x: place.x - from.x - share * along.x, y: place.y - from.y - share * along.y)
        return (gap.x * gap.x + gap.y * gap.y).squareRoot()
    }
}
