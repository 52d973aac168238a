/// How an axis maps values to places.
public enum ChartScale: String, Sendable, Codable, CaseIterable {
    /// Equal steps.
    case linear
    /// Equal factors; values that are not positive are left out.
    case logarithmic
}
