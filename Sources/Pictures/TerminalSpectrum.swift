import Foundation

/// A spectrum drawn with characters, for a terminal.
public struct TerminalSpectrum: Sendable {
    /// What the lines are drawn with.
    public enum Style: String, Sendable, Codable, CaseIterable {
        /// Braille characters, eight dots each.
        case braille
        /// Plain ASCII.
        case plain
    }

    /// Width of the whole drawing in characters, labels included.
    public let columnCount: Int
    /// Height of the whole drawing in lines, labels included.
    public let rowCount: Int
    /// What the lines are drawn with.
    public let style: Style

    /// A drawing of at least 24 x 4 characters; smaller sizes are taken as that.
    public init(columnCount: Int = 72, rowCount: Int = 12, style: Style = .braille) {
        self.columnCount = max(24, columnCount)
        self.rowCount = max(4, rowCount)
        self.style = style
    }

    /// The drawing's lines: `rowCount` of them, none longer than `columnCount`, without trailing
    /// blanks; the last holds the wavelengths, or the band indices where none are known.
    ///
    /// - Parameters:
    ///   - values: one value per band; the line has a gap where one is not finite.
    ///   - wavelengthsNanometers: as many as there are values, in any order.
    public func lines(values: [Double], wavelengthsNanometers: [Double]? = nil) -> [String] {
        lines(
            values: values, places: wavelengthsNanometers ?? values.indices.map(Double.init),
            unit: wavelengthsNanometers == nil ? "" : " nm")
    }

    /// The same for values over anything, such as PSNR over iterations; the last line names the
    /// first and last place with their unit.
    public func lines(values: [Double], places: [Double], unit: String) -> [String] {
        precondition(places.count == values.count, "a place per value")
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max(), let first = places.min(),
            let last = places.max()
        else {
            return ["no values to draw"] + Array(repeating: "", count: rowCount - 1)
        }
        let labels = [Self.label(high), Self.label(low)]
        let margin = (labels.map(\.count).max() ?? 0) + 2
        var dots = TerminalDots(
            columnCount: columnCount - margin, rowCount: rowCount - 2, style: style)
        let order = places.indices.sorted { places[$0] < places[$1] }
        let points = order.map { index -> (x: Double, y: Double)? in
            guard values[index].isFinite else { return nil }
            return (
                x: last > first ? (places[index] - first) / (last - first) : 0.5,
                y: high > low ? (values[index] - low) / (high - low) : 0.5
            )
        }
        for run in points.split(whereSeparator: { $0 == nil }) {
            dots.draw(run.compactMap { $0 })
        }
        return body(dots.rows, labels: labels, margin: margin)
            + axis(first, last, margin: margin, unit: unit)
    }

    /// The rows of dots with the vertical axis before them.
    private func body(_ rows: [String], labels: [String], margin: Int) -> [String] {
        let isPlain = style == .plain
        return rows.enumerated().map { index, row in
            let isTop = index == 0
            let isBottom = index == rows.count - 1
            let label = isTop ? labels[0] : isBottom ? labels[1] : ""
            let tick = isTop || isBottom ? (isPlain ? "+" : "┤") : (isPlain ? "|" : "│")
            let padding = String(repeating: " ", count: margin - 2 - label.count)
            return Self.trimmed(padding + label + " " + tick + row)
        }
    }

    /// The horizontal axis and, below it, the first, middle and last place.
    private func axis(_ first: Double, _ last: Double, margin: Int, unit: String) -> [String] {
        let width = columnCount - margin
        let isPlain = style == .plain
        let line = String(repeating: isPlain ? "-" : "─", count: width)
        let corner = isPlain ? "+" : "└"
        var labels = Array(repeating: Character(" "), count: columnCount)
        func place(_ text: String, at start: Int) {
            for (offset, character) in text.enumerated() {
                let column = start + offset
                if labels.indices.contains(column) { labels[column] = character }
            }
        }
        let left = String(format: "%.0f", first) + unit
        let right = String(format: "%.0f", last) + unit
        let middle = String(format: "%.0f", (first + last) / 2)
        place(left, at: margin)
        if last > first { place(right, at: columnCount - right.count) }
        let middleStart = margin + width / 2 - middle.count / 2
        let isRoomy = left.count + middle.count + right.count + 6 < width
        if last > first && isRoomy { place(middle, at: middleStart) }
        let indent = String(repeating: " ", count: margin - 1)
        return [indent + corner + line, Self.trimmed(String(labels))]
    }

    /// At most 8 characters.
    private static func label(_ value: Double) -> String {
        let size = abs(value)
        if size >= 100 && size < 1e6 { return String(format: "%.0f", value) }
        return String(format: size >= 1 && size < 100 ? "%.2f" : "%.3g", value)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " || $0 == "\u{2800}" }.reversed())
    }
}
