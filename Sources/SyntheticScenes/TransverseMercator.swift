import Foundation

/// The inverse UTM projection on WGS 84, for footprints of northern zones.
///
/// The series in the third flattening is that of Krüger (1912) to the third order: within a
/// millimetre anywhere in a zone.
package enum TransverseMercator {
    /// Longitude and latitude in degrees of a place in a northern UTM zone.
    ///
    /// - Parameters:
    ///   - eastingMeters: false easting of 500,000 m included.
    ///   - northingMeters: distance from the equator along the central meridian.
    ///   - zone: 1...60.
    package static func geographic(
        eastingMeters: Double, northingMeters: Double, zone: Int
    ) -> (longitude: Double, latitude: Double) {
        let flattening = 1 / 298.257223563
        let n = flattening / (2 - flattening)
        let n2 = n * n
        let n3 = n2 * n
        let radius = 6_378_137 / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64)
        let beta = [
            n / 2 - 2 * n2 / 3 + 37 * n3 / 96, n2 / 48 + n3 / 15, 17 * n3 / 480,
        ]
        let delta = [
            2 * n - 2 * n2 / 3 - 2 * n3, 7 * n2 / 3 - 8 * n3 / 5, 56 * n3 / 15,
        ]
        let xi = northingMeters / (0.9996 * radius)
        let eta = (eastingMeters - 500_000) / (0.9996 * radius)
        var xiPrime = xi
        var etaPrime = eta
        for (index, coefficient) in beta.enumerated() {
            let order = 2 * Double(index + 1)
            xiPrime -= coefficient * sin(order * xi) * cosh(order * eta)
            etaPrime -= coefficient * cos(order * xi) * sinh(order * eta)
        }
        let conformal = asin(sin(xiPrime) / cosh(etaPrime))
        var latitude = conformal
        for (index, coefficient) in delta.enumerated() {
            latitude += coefficient * sin(2 * Double(index + 1) * conformal)
        }
        let centralMeridian = Double(zone * 6 - 183)
        let longitude = centralMeridian + atan2(sinh(etaPrime), cos(xiPrime)) * 180 / .pi
        return (longitude, latitude * 180 / .pi)
    }
}
