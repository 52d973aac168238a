/// Where a cube lies, as its source said it.
public struct Georeference: Hashable, Sendable, Codable {
    /// GDAL's six coefficients: x = c0 + sample c1 + line c2, y = c3 + sample c4 + line c5, at the
    /// outer corner of pixel (0, 0); nil where unknown.
    public var affineTransform: [Double]?
    /// The coordinate reference system as WKT; nil where unknown.
    public var coordinateSystemWKT: String?
    /// The source's own text, such as ENVI's `map info`, braces left out; nil where it has none.
    public var mapInfo: String?
    /// The footprint; nil where it cannot be derived.
    public var bounds: GeographicBounds?

    /// Describes a place.
    public init(
        affineTransform: [Double]? = nil, coordinateSystemWKT: String? = nil,
        mapInfo: String? = nil, bounds: GeographicBounds? = nil
    ) {
        self.affineTransform = affineTransform
        self.coordinateSystemWKT = coordinateSystemWKT
        self.mapInfo = mapInfo
        self.bounds = bounds
    }
}
