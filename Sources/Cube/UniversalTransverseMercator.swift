import Foundation

/// One zone of the Universal Transverse Mercator grid, from grid to geographic coordinates.
///
/// The series of Krueger (1912) to sixth order in the third flattening, as Karney gives it
/// ("Transverse Mercator with an accuracy of a few nanometers", Journal of Geodesy 85, 2011,
/// equations 11, 15, 19 to 21 and 36): exact to a micrometre inside the zone.
public struct UniversalTransverseMercator: Hashable, Sendable {
    /// 1...60; zone 31 begins at Greenwich.
    public let zone: Int
    /// False for the southern hemisphere, whose northings begin at 10,000,000.
    public let isNorthern: Bool
    /// The ellipsoid of the datum.
    public let ellipsoid: ReferenceEllipsoid

    /// A zone; nil unless its number is 1...60.
    public init?(zone: Int, isNorthern: Bool, ellipsoid: ReferenceEllipsoid = .wgs84) {
        guard (1...60).contains(zone) else { return nil }
        self.zone = zone
        self.isNorthern = isNorthern
        self.ellipsoid = ellipsoid
    }

    /// The longitude of the zone's middle.
    public var centralMeridianDegrees: Double { Double(zone * 6 - 183) }

    /// The geographic position of a grid position, in degrees on the zone's own datum.
    ///
    /// Values far outside the zone give meaningless or non-finite results, never a trap.
    public func geographic(
        eastingMetres: Double, northingMetres: Double
    ) -> (longitudeDegrees: Double, latitudeDegrees: Double) {
        let n = ellipsoid.flattening / (2 - ellipsoid.flattening)
        let radius = Self.rectifyingRadius(of: ellipsoid, n) * Self.centralScale
        let falseNorthing = isNorthern ? 0 : Self.southernFalseNorthingMetres
        let xi = (northingMetres - falseNorthing) / radius
        let eta = (eastingMetres - Self.falseEastingMetres) / radius
        var spherical = (xi: xi, eta: eta)
        for (index, beta) in Self.inverseCoefficients(n).enumerated() {
            let multiple = 2 * Double(index + 1)
            spherical.xi -= beta * sin(multiple * xi) * cosh(multiple * eta)
            spherical.eta -= beta * cos(multiple * xi) * sinh(multiple * eta)
        }
        let longitude = atan2(sinh(spherical.eta), cos(spherical.xi)) * 180 / .pi
        let conformal =
            sin(spherical.xi)
            / (sinh(spherical.eta) * sinh(spherical.eta) + cos(spherical.xi) * cos(spherical.xi))
            .squareRoot()
        let latitude = atan(geodeticTangent(ofConformal: conformal)) * 180 / .pi
        return (centralMeridianDegrees + longitude, latitude)
    }

    private static let centralScale = 0.9996
    private static let falseEastingMetres = 500_000.0
    private static let southernFalseNorthingMetres = 10_000_000.0

    /// The radius of the sphere whose meridian is as long as the ellipsoid's (equation 14).
    private static func rectifyingRadius(of ellipsoid: ReferenceEllipsoid, _ n: Double) -> Double {
        let square = n * n
        let series = 1 + square / 4 * (1 + square / 16 * (1 + square / 4))
        return ellipsoid.semiMajorAxisMetres / (1 + n) * series
    }

    /// beta_1 to beta_6 (equation 36).
    private static func inverseCoefficients(_ n: Double) -> [Double] {
        /// c0 n^first + c1 n^(first + 1) + ...
        func polynomial(_ first: Int, _ coefficients: [Double]) -> Double {
            coefficients.reversed().reduce(0) { $0 * n + $1 } * pow(n, Double(first))
        }
        return [
            polynomial(
                1, [1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96_199 / 604_800]),
            polynomial(2, [1 / 48, 1 / 15, -437 / 1_440, 46 / 105, -1_118_711 / 3_870_720]),
            polynomial(3, [17 / 480, -37 / 840, -209 / 4_480, 5_569 / 90_720]),
            polynomial(4, [4_397 / 161_280, -11 / 504, -830_251 / 7_257_600]),
            polynomial(5, [4_583 / 161_280, -108_847 / 3_991_680]),
            polynomial(6, [20_648_693 / 638_668_800]),
        ]
    }

    /// tan(latitude) from the tangent of the conformal latitude, by Newton's method (equations 7,
    /// 19 to 21), which doubles the number of right digits each time: five steps are plenty.
    private func geodeticTangent(ofConformal target: Double) -> Double {
        let squaredEccentricity = ellipsoid.flattening * (2 - ellipsoid.flattening)
        let eccentricity = squaredEccentricity.squareRoot()
        var tau = target
        for _ in 0..<5 {
            let secant = (1 + tau * tau).squareRoot()
            let sigma = sinh(eccentricity * atanh(eccentricity * tau / secant))
            let conformal = tau * (1 + sigma * sigma).squareRoot() - sigma * secant
            let slope = (1 - squaredEccentricity) * secant
            tau +=
                (target - conformal) / (1 + conformal * conformal).squareRoot()
                * (1 + (1 - squaredEccentricity) * tau * tau) / slope
        }
        return tau
    }
}
