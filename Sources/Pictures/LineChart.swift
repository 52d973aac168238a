/// A chart of lines, such as spectra or rate-distortion curves, drawn to a picture.
public struct LineChart: Sendable {
    /// Heading; may be empty.
    public var title: String
    /// What the horizontal axis shows, with its unit; may be empty.
    public var xLabel: String
    /// What the vertical axis shows, with its unit; may be empty.
    public var yLabel: String
    /// The lines, drawn in this order.
    public var series: [ChartSeries]
    /// How the horizontal axis is divided.
    public var xScale: ChartScale
    /// How the vertical axis is divided.
    public var yScale: ChartScale
    /// The horizontal range; found from the series where nil.
    public var xRange: ClosedRange<Double>?
    /// The vertical range; found from the series where nil.
    public var yRange: ClosedRange<Double>?

    /// A chart of some series.
    public init(
        title: String, xLabel: String, yLabel: String, series: [ChartSeries],
        xScale: ChartScale = .linear, yScale: ChartScale = .linear,
        xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
        self.xScale = xScale
        self.yScale = yScale
        self.xRange = xRange
        self.yRange = yRange
    }

    /// The colours of successive series: eight that colour-blind people can tell apart (the hues of
    /// Okabe and Ito, 2008), repeated where there are more series.
    public static let palette = [
        PictureColor(red: 0, green: 104, blue: 178), PictureColor(red: 213, green: 94, blue: 0),
        PictureColor(red: 0, green: 148, blue: 110), PictureColor(red: 190, green: 90, blue: 150),
        PictureColor(red: 220, green: 150, blue: 0), PictureColor(red: 70, green: 165, blue: 220),
        PictureColor(red: 60, green: 60, blue: 60), PictureColor(red: 150, green: 120, blue: 70),
    ]

    /// Draws the chart, at least 240 x 160 pixels.
    public func picture(width: Int = 1200, height: Int = 750) -> Picture {
        precondition(width >= 240 && height >= 160, "a chart needs room for its labels")
        var drawing = ChartDrawing(chart: self, width: width, height: height)
        return drawing.draw()
    }

    /// The horizontal axis; it ends where the data do.
    var xAxis: ChartAxis {
        ChartAxis(
            series.flatMap(\.xs), scale: xScale, fixed: xRange,
            isTight: xScale == .linear && !series.contains(where: \.hasMarkers), tickCount: 8)
    }

    /// The vertical axis; it ends at round numbers.
    var yAxis: ChartAxis {
        ChartAxis(
            series.flatMap(\.ys), scale: yScale, fixed: yRange, isTight: false, tickCount: 6)
    }
}
