/// A table for people, fitted to the terminal's width.
struct OutputTable {
    /// One column.
    struct Column {
        /// The heading.
        var title: String
        /// Whether cells stand at the right edge, as numbers do.
        var isNumeric = false
        /// Whether the column may be cut; the others give way only by being left out.
        var isFlexible = false
        /// Columns of the highest number are left out first where the terminal is narrow; 0 never.
        var expendability = 0
    }

    private static let gap = 2
    private static let narrowestFlexible = 14
    private let columns: [Column]
    private var rows: [[String]] = []

    /// An empty table.
    init(_ columns: [Column]) { self.columns = columns }

    /// Whether nothing was added.
    var isEmpty: Bool { rows.isEmpty }

    /// Adds a row with one cell per column.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "one cell per column")
        rows.append(cells.map(PrintableText.line))
    }

    /// The table as lines of text, each ended.
    ///
    /// - Parameter width: columns to fit into; nil for as many as it takes.
    func text(width: Int?) -> String {
        let (shown, widths) = fit(width)
        let titles = line(columns.map(\.title), shown, widths)
        return ([titles] + rows.map { line($0, shown, widths) }).joined()
    }

    /// Which columns are shown, and how wide.
    private func fit(_ width: Int?) -> (shown: [Int], widths: [Int]) {
        let natural = columns.indices.map { index in
            rows.map { PrintableText.width($0[index]) }
                .reduce(PrintableText.width(columns[index].title), max)
        }
        var shown = Array(columns.indices)
        guard let width else { return (shown, natural) }
        while leastWidth(shown, natural) > width,
            let victim = shown.filter({ columns[$0].expendability > 0 })
                .max(by: { columns[$0].expendability < columns[$1].expendability })
        {
            shown.removeAll { $0 == victim }
        }
        return (shown, cut(natural, shown, by: total(shown, natural) - width))
    }

    private func cut(_ natural: [Int], _ shown: [Int], by excess: Int) -> [Int] {
        var widths = natural
        var excess = excess
        while excess > 0 {
            let candidates = shown.filter {
                columns[$0].isFlexible && widths[$0] > Self.narrowestFlexible
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func leastWidth(_ shown: [Int], _ natural: [Int]) -> Int {
        total(
            shown,
            natural.indices.map {
                columns[$0].isFlexible ? min(natural[$0], Self.narrowestFlexible) : natural[$0]
            })
    }

    private func total(_ shown: [Int], _ widths: [Int]) -> Int {
        shown.reduce(Self.gap * (shown.count - 1)) { $0 + widths[$1] }
    }

    private func line(_ cells: [String], _ shown: [Int], _ widths: [Int]) -> String {
        let padded = shown.map { index in
            let text = PrintableText.cut(cells[index], to: widths[index])
            let space = String(
                repeating: " ", count: max(0, widths[index] - PrintableText.width(text)))
            return columns[index].isNumeric ? space + text : text + space
        }
        let line = padded.joined(separator: String(repeating: " ", count: Self.gap))
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
}
