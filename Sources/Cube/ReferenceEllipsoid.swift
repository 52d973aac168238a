/// An ellipsoid of revolution that stands for the Earth in a geodetic datum.
public struct ReferenceEllipsoid: Hashable, Sendable {
    /// Equatorial radius.
    public let semiMajorAxisMetres: Double
    /// (a - b) / a, about 1/300.
    public let flattening: Double

    /// An ellipsoid from its radius and the reciprocal of its flattening.
    public init(semiMajorAxisMetres: Double, inverseFlattening: Double) {
        self.semiMajorAxisMetres = semiMajorAxisMetres
        flattening = 1 / inverseFlattening
    }

    /// WGS 84 (EPSG 7030); GRS 80 differs from it by a tenth of a millimetre.
    public static let wgs84 = ReferenceEllipsoid(
        semiMajorAxisMetres: 6_378_137, inverseFlattening: 298.257223563)
    /// Clarke 1866 (EPSG 7008), of the North American Datum 1927.
    public static let clarke1866 = ReferenceEllipsoid(
        semiMajorAxisMetres: 6_378_206.4, inverseFlattening: 294.978698213898)
    /// International 1924 (EPSG 7022), of the European Datum 1950.
    public static let international1924 = ReferenceEllipsoid(
        semiMajorAxisMetres: 6_378_388, inverseFlattening: 297)
    /// Bessel 1841 (EPSG 7004), of the German and Japanese networks.
    public static let bessel1841 = ReferenceEllipsoid(
        semiMajorAxisMetres: 6_377_397.155, inverseFlattening: 299.1528128)
}
