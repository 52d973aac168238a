/// One drawing of a chart: where everything goes, and the strokes.
struct ChartDrawing {
    private static let ink = PictureColor(gray: 40)
    private static let paleInk = PictureColor(gray: 95)
    private static let gridColor = PictureColor(gray: 228)
    private static let frameColor = PictureColor(gray: 150)

    private let chart: LineChart
    private let xAxis: ChartAxis
    private let yAxis: ChartAxis
    /// Height of the capitals of labels, in pixels.
    private let textSize: Float
    private let legend: ChartLegend
    /// The rectangle of the axes.
    private let plotColumns: Range<Int>
    private let plotRows: Range<Int>
    private var canvas: Canvas

    init(chart: LineChart, width: Int, height: Int) {
        self.chart = chart
        xAxis = chart.xAxis
        yAxis = chart.yAxis
        let size = max(7, min(15, Float(min(width, height)) / 62))
        textSize = size
        let line = size * 2
        let widest = yAxis.ticks.map { Canvas.width(of: $0.label, size: size) }.max() ?? 0
        let left = Int(widest + line * (chart.yLabel.isEmpty ? 1 : 2.1))
        let right = width - Int(line * 1.5)
        legend = ChartLegend(
            chart.series, size: size, width: Float(right - left))
        let top = Int(line * (chart.title.isEmpty ? 0.8 : 2.5) + legend.height)
        let bottom = height - Int(line * (chart.xLabel.isEmpty ? 1.7 : 3))
        plotColumns = left..<max(left + 1, right)
        plotRows = top..<max(top + 1, bottom)
        canvas = Canvas(width: width, height: height, color: .white)
    }

    /// Draws everything, back to front.
    mutating func draw() -> Picture {
        drawGrid()
        drawLabels()
        for (index, series) in chart.series.enumerated() {
            draw(series, color: LineChart.palette[index % LineChart.palette.count])
        }
        drawFrame()
        legend.draw(
            on: &canvas, x: Float(plotColumns.lowerBound),
            bottom: Float(plotRows.lowerBound) - textSize * 1.3, ink: Self.ink)
        return canvas.picture
    }

    private func column(_ value: Double) -> Float? {
        xAxis.position(of: value).map {
            Float(plotColumns.lowerBound) + Float($0) * Float(plotColumns.count)
        }
    }

    private func row(_ value: Double) -> Float? {
        yAxis.position(of: value).map {
            Float(plotRows.upperBound) - Float($0) * Float(plotRows.count)
        }
    }

    private mutating func drawGrid() {
        for place in xAxis.ticks.compactMap({ column($0.value) }) {
            let edge = Int(place.rounded())
            canvas.fill(columns: edge..<edge + 1, rows: plotRows, color: Self.gridColor)
        }
        for place in yAxis.ticks.compactMap({ row($0.value) }) {
            let edge = Int(place.rounded())
            canvas.fill(columns: plotColumns, rows: edge..<edge + 1, color: Self.gridColor)
        }
    }

    private mutating func drawLabels() {
        let left = Float(plotColumns.lowerBound)
        let middle = left + Float(plotColumns.count) / 2
        let below = Float(plotRows.upperBound) + textSize * 1.5
        var free: Float = -.infinity
        for tick in xAxis.ticks where !tick.label.isEmpty {
            guard let place = column(tick.value) else { continue }
            // A label that would touch the one before is left out.
            let half = Canvas.width(of: tick.label, size: textSize) / 2
            guard place - half > free else { continue }
            free = place + half + textSize * 0.5
            canvas.write(
                tick.label, x: place, y: below, size: textSize, color: Self.paleInk, anchor: 0.5)
        }
        for tick in yAxis.ticks where !tick.label.isEmpty {
            guard let place = row(tick.value) else { continue }
            canvas.write(
                tick.label, x: left - textSize * 0.8, y: place, size: textSize,
                color: Self.paleInk, anchor: 1)
        }
        canvas.write(
            chart.xLabel, x: middle, y: below + textSize * 2.2, size: textSize, color: Self.ink,
            anchor: 0.5)
        canvas.write(
            chart.yLabel, x: textSize * 1.4,
            y: Float(plotRows.lowerBound) + Float(plotRows.count) / 2, size: textSize,
            color: Self.ink, anchor: 0.5, isUpward: true)
        canvas.write(
            chart.title, x: left, y: textSize * 2, size: textSize * 1.3, color: Self.ink)
    }

    private mutating func drawFrame() {
        let (columns, rows) = (plotColumns, plotRows)
        let left = columns.lowerBound
        let bottom = rows.upperBound
        canvas.fill(columns: left..<left + 1, rows: rows, color: Self.frameColor)
        canvas.fill(
            columns: left..<columns.upperBound + 1, rows: bottom..<bottom + 1,
            color: Self.frameColor)
    }

    private mutating func draw(_ series: ChartSeries, color: PictureColor) {
        let width = max(1.4, textSize * 0.16)
        let margin = Int(width * 2.5) + 2
        let clip = (
            columns: plotColumns.lowerBound - margin..<plotColumns.upperBound + margin,
            rows: plotRows.lowerBound - margin..<plotRows.upperBound + margin
        )
        let places = zip(series.xs, series.ys).map { x, y -> (x: Float, y: Float)? in
            guard let column = column(x), let row = row(y) else { return nil }
            return (column, row)
        }
        for run in places.split(whereSeparator: { $0 == nil }) {
            let points = run.compactMap { $0 }
            let lines =
                series.isDashed
                ? ChartDash.pieces(of: points, dash: width * 4, gap: width * 3) : [points]
            for line in lines { canvas.stroke(line, width: width, color: color, inside: clip) }
        }
        guard series.hasMarkers else { return }
        for place in places.compactMap({ $0 }) {
            canvas.stroke([place], width: width * 4.4, color: .white, inside: clip)
            canvas.stroke([place], width: width * 3.4, color: color, inside: clip)
        }
    }
}
