/// A footprint in degrees of longitude and latitude (WGS 84 or the source's own datum).
public struct GeographicBounds: Hashable, Sendable, Codable {
    /// Western edge, -180...180.
    public let west: Double
    /// Southern edge, -90...90.
    public let south: Double
    /// Eastern edge, -180...180, not less than `west`.
    public let east: Double
    /// Northern edge, -90...90, not less than `south`.
    public let north: Double

    /// Checked bounds; nil where they are not a place on Earth.
    public init?(west: Double, south: Double, east: Double, north: Double) {
        let valid =
            west >= -180 && east <= 180 && west <= east && south >= -90 && north <= 90
            && south <= north
        guard valid else { return nil }
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }
}
