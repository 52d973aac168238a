/// One line of a chart.
public struct ChartSeries: Sendable, Equatable {
    /// What the legend calls it.
    public var name: String
    /// Horizontal values, as many as there are vertical ones.
    public var xs: [Double]
    /// Vertical values; the line has a gap where one is not finite.
    public var ys: [Double]
    /// Whether each point gets a dot, as measured points should.
    public var hasMarkers: Bool
    /// Whether the line is dashed.
    public var isDashed: Bool

    /// A line through points in their given order.
    public init(
        name: String, xs: [Double], ys: [Double], hasMarkers: Bool = false, isDashed: Bool = false
    ) {
        precondition(xs.count == ys.count, "a point has two coordinates")
        self.name = name
        self.xs = xs
        self.ys = ys
        self.hasMarkers = hasMarkers
        self.isDashed = isDashed
    }
}
