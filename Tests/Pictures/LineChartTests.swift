import Pictures
import Testing

@Suite struct LineChartTests {
    private func chart(_ series: [ChartSeries], xScale: ChartScale = .linear) -> LineChart {
        LineChart(title: "Title", xLabel: "x [nm]", yLabel: "y", series: series, xScale: xScale)
    }

    /// The pixels that are almost of a colour.
    private func places(
        of color: PictureColor, in picture: Picture
    ) -> [(column: Int, row: Int)] {
        (0..<picture.height).flatMap { row in
            (0..<picture.width).filter { isNear(picture[$0, row], color) }.map { ($0, row) }
        }
    }

    private func isNear(_ left: PictureColor, _ right: PictureColor) -> Bool {
        let differences = [
            Int(left.red) - Int(right.red), Int(left.green) - Int(right.green),
            Int(left.blue) - Int(right.blue),
        ]
        return differences.allSatisfy { abs($0) < 40 }
    }

    @Test func `a rising line runs from the lower left to the upper right`() throws {
        let rising = ChartSeries(name: "", xs: [0, 1, 2], ys: [0, 5, 10])
        let picture = chart([rising]).picture(width: 400, height: 300)
        #expect(picture.width == 400)
        #expect(picture.height == 300)
        let line = places(of: LineChart.palette[0], in: picture)
        let left = try #require(line.min { $0.column < $1.column })
        let right = try #require(line.max { $0.column < $1.column })
        #expect(left.row > 200)
        #expect(right.row < 60)
        #expect(right.column - left.column > 280)
    }

    @Test func `every series has its colour, in the axes and in the legend`() {
        let series = (0..<3).map { index in
            ChartSeries(
                name: "series \(index)", xs: [0, 1], ys: [Double(index), Double(index) + 1])
        }
        let picture = chart(series).picture(width: 600, height: 400)
        for color in LineChart.palette[..<3] {
            let rows = places(of: color, in: picture).map(\.row)
            // The legend's sample stands in the top rows, the line below it.
            #expect(rows.contains { $0 < 60 })
            #expect(rows.contains { $0 > 100 })
        }
        #expect(places(of: LineChart.palette[3], in: picture).isEmpty)
    }

    @Test func `values that are not finite leave a gap`() {
        let broken = ChartSeries(name: "", xs: [0, 1, 2, 3], ys: [1, 1, .nan, 1])
        let whole = ChartSeries(name: "", xs: [0, 1, 2, 3], ys: [1, 1, 1, 1])
        let color = LineChart.palette[0]
        let brokenCount = places(of: color, in: chart([broken]).picture(width: 400, height: 200))
        let wholeCount = places(of: color, in: chart([whole]).picture(width: 400, height: 200))
        let share = Double(brokenCount.count) / Double(wholeCount.count)
        #expect((0.3...0.4).contains(share))
    }

    @Test func `equal factors take equal space on a logarithmic axis`() throws {
        let points = ChartSeries(
            name: "", xs: [0.001, 0.01, 0.1], ys: [1, 1, 1], hasMarkers: true)
        let picture = chart([points], xScale: .logarithmic).picture(width: 1200, height: 600)
        let line = places(of: LineChart.palette[0], in: picture)
        // A marker is thicker than the line: its columns hold the most coloured pixels.
        let heights = Dictionary(grouping: line, by: \.column).mapValues(\.count)
        let thick = heights.filter { $0.value > 2 }.keys.sorted()
        let left = try #require(thick.first)
        let right = try #require(thick.last)
        // Three markers and nothing else: at both ends and exactly between them.
        let middle = thick.filter { abs($0 - (left + right) / 2) <= 4 }
        #expect(!middle.isEmpty)
        #expect(right - left > 900)
        #expect(thick.allSatisfy { $0 < left + 9 || $0 > right - 9 || middle.contains($0) })
    }

    @Test(arguments: [
        [], [ChartSeries(name: "none", xs: [], ys: [])],
        [ChartSeries(name: "one", xs: [3], ys: [4], hasMarkers: true)],
        [ChartSeries(name: "nothing", xs: [.nan, .infinity], ys: [1, .nan])],
        [ChartSeries(name: "huge", xs: [-1e300, 1e300], ys: [1e-300, 1e300], isDashed: true)],
    ])
    func `odd data are drawn without failing`(series: [ChartSeries]) throws {
        for scale in ChartScale.allCases {
            let picture = chart(series, xScale: scale).picture(width: 240, height: 160)
            #expect(try DecodedPNG(try picture.png()).width == 240)
        }
    }

    @Test func `texts are drawn`() {
        let line = ChartSeries(name: "", xs: [0, 1], ys: [0, 1])
        let silent = LineChart(title: "", xLabel: "", yLabel: "", series: [line])
        func inkCount(_ picture: Picture) -> Int {
            (0..<picture.height).reduce(0) { sum, row in
                sum + (0..<picture.width).count { picture[$0, row].red < 120 }
            }
        }
        var titled = silent
        titled.title = "A title of some length"
        let bare = inkCount(silent.picture(width: 400, height: 300))
        #expect(inkCount(titled.picture(width: 400, height: 300)) > bare + 200)
    }
}
