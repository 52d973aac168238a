import Cube
import Foundation

/// ENVI's `map info`: a tie point, the pixel size and the projection.
///
/// `{projection, tie sample, tie line, x, y, x size, y size, [zone, North or South,] datum,
/// units=..., rotation=...}`. Tie positions count from 1 at the outer corner of the first pixel.
struct ENVIMapInfo {
    /// Such as `UTM` or `Geographic Lat/Lon`.
    var projection: String
    /// Tie sample, tie line, x, y, x size, y size.
    var numbers: [Double]
    /// Whatever follows the numbers, as written, without `rotation=`.
    var remainder: [String]
    /// Counter-clockwise rotation of the image on the map.
    var rotationDegrees: Double

    /// Reads the value of `map info`; nil unless it has a projection and six finite numbers.
    init?(_ text: String) {
        let fields = ENVIHeader.elements(text)
        guard fields.count >= 7 else { return nil }
        let numbers = fields[1...6].compactMap { Double($0) }.filter(\.isFinite)
        guard numbers.count == 6, !fields[0].isEmpty else { return nil }
        let rest = fields.dropFirst(7)
        let rotation = rest.lazy.compactMap { Self.assigned("rotation", in: $0) }.first
        projection = fields[0]
        self.numbers = numbers
        remainder = rest.filter { Self.assigned("rotation", in: $0) == nil }
        rotationDegrees = rotation.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } ?? 0
    }

    /// Map info whose tie point is the outer corner of the first pixel; nil where the transform is
    /// not a rotation with one size each way.
    init?(affineTransform c: [Double], projection: String, remainder: [String]) {
        guard c.count == 6, c.allSatisfy(\.isFinite) else { return nil }
        let xSize = (c[1] * c[1] + c[4] * c[4]).squareRoot()
        let ySize = (c[2] * c[2] + c[5] * c[5]).squareRoot()
        let sheared = abs(c[1] * c[2] + c[4] * c[5])
        let isMirrored = c[1] * c[5] - c[2] * c[4] > 0
        guard xSize > 0, ySize > 0, sheared <= 1e-9 * xSize * ySize, !isMirrored else { return nil }
        self.projection = projection
        numbers = [1, 1, c[0], c[3], xSize, ySize]
        self.remainder = remainder
        rotationDegrees = c[4] == 0 ? (c[1] > 0 ? 0 : 180) : atan2(c[4], c[1]) * 180 / .pi
    }

    /// GDAL's six coefficients.
    var affineTransform: [Double] {
        let angle = rotationDegrees * .pi / 180
        // Exact zeros and ones where the image is not rotated.
        let (sine, cosine) = rotationDegrees == 0 ? (0, 1) : (sin(angle), cos(angle))
        let (tieSample, tieLine) = (numbers[0] - 1, numbers[1] - 1)
        let acrossX = numbers[4] * cosine
        let acrossY = numbers[4] * sine
        let downX = numbers[5] * sine
        let downY = -numbers[5] * cosine
        return [
            numbers[2] - tieSample * acrossX - tieLine * downX, acrossX, downX,
            numbers[3] - tieSample * acrossY - tieLine * downY, acrossY, downY,
        ]
    }

    /// The value of `map info`, without braces.
    var text: String {
        var fields = [projection] + numbers.map(ENVINumber.text) + remainder
        if rotationDegrees != 0 { fields.append("rotation=\(ENVINumber.text(rotationDegrees))") }
        return fields.joined(separator: ", ")
    }

    var isGeographic: Bool { projection.lowercased().hasPrefix("geographic") }

    /// The grid zone; nil unless the projection is UTM in metres.
    var zone: UniversalTransverseMercator? {
        guard projection.lowercased() == "utm", remainder.count >= 2, isInUnit("meters"),
            let number = Int(remainder[0])
        else { return nil }
        let hemisphere = remainder[1].lowercased()
        guard hemisphere == "north" || hemisphere == "south" else { return nil }
        return UniversalTransverseMercator(
            zone: number, isNorthern: hemisphere == "north", ellipsoid: ellipsoid)
    }

    /// Whether the units are this one, which is taken where none is stated.
    func isInUnit(_ unit: String) -> Bool {
        let stated = remainder.lazy.compactMap { Self.assigned("units", in: $0) }.first
        return (stated ?? unit).lowercased() == unit
    }

    private var ellipsoid: ReferenceEllipsoid {
        let datum = remainder.dropFirst(2).first?.lowercased() ?? ""
        if datum.contains("1927") || datum.contains("nad27") { return .clarke1866 }
        if datum.contains("european") || datum.contains("ed50") { return .international1924 }
        if datum.contains("potsdam") || datum.contains("bessel") || datum.contains("tokyo") {
            return .bessel1841
        }
        return .wgs84
    }

    /// The value of a field `name=value`.
    private static func assigned(_ name: String, in field: String) -> String? {
        let parts = field.split(separator: "=", maxSplits: 1).map(ENVIHeaderParser.trimmed)
        return parts.count == 2 && parts[0].lowercased() == name ? parts[1] : nil
    }
}
