import ArgumentParser
import Foundation
import Pictures

/// Draws JSON lines, such as the other commands print, as a chart.
struct ChartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart", abstract: "Draws values of JSON lines as a PNG file.")

    @Option(help: "The heading.") var title = ""
    @Option(help: "Key of the horizontal values.") var x: String
    @Option(help: "Key of the vertical values.") var y: String
    @Option(help: "What the horizontal axis shows, with its unit.") var xLabel: String
    @Option(help: "What the vertical axis shows, with its unit.") var yLabel: String
    @Flag(help: "Divide the horizontal axis by factors.") var logarithmic = false
    @Flag(help: "Mark the points.") var markers = false
    @Option(help: "Horizontal range, LOW:HIGH.") var xRange: String?
    @Option(help: "Vertical range, LOW:HIGH.") var yRange: String?
    @Option(help: "The PNG file.") var output: String
    @Argument(help: "NAME=FILE, a line each; a name that begins with ~ is drawn in dashes.")
    var series: [String]

    func run() throws {
        let chart = LineChart(
            title: title, xLabel: xLabel, yLabel: yLabel, series: try series.map(read),
            xScale: logarithmic ? .logarithmic : .linear, xRange: try xRange.map(range),
            yRange: try yRange.map(range))
        try chart.picture(width: 900, height: 560).write(to: output)
    }

    private func read(_ text: String) throws -> ChartSeries {
        guard let equals = text.lastIndex(of: "=") else {
            throw ValidationError("\(text) is not NAME=FILE")
        }
        let name = text[..<equals]
        let file = URL(filePath: String(text[text.index(after: equals)...]))
        var points: [(x: Double, y: Double)] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            guard let fields = object as? [String: Any], let x = fields[x] as? Double,
                let y = fields[y] as? Double
            else { continue }
            points.append((x, y))
        }
        return ChartSeries(
            name: String(name.drop { $0 == "~" }), xs: points.map(\.x), ys: points.map(\.y),
            hasMarkers: markers, isDashed: name.hasPrefix("~"))
    }

    private func range(_ text: String) throws -> ClosedRange<Double> {
        let ends = text.split(separator: ":").compactMap { Double($0) }
        guard ends.count == 2, ends[0] < ends[1] else {
            throw ValidationError("\(text) is not LOW:HIGH")
        }
        return ends[0]...ends[1]
    }
}
