import Cube

/// A fresh ENVI header for a cube that has none of its own: a window, or a cube of another format.
public struct ENVIHeaderText: Hashable, Sendable {
    /// The whole header, lines ended by LF.
    public let text: String

    /// The bytes to be written.
    public var bytes: [UInt8] { Array(text.utf8) }

    /// Describes a cube and the layout of its binary.
    ///
    /// Wavelengths, widths, the bad-band list and names are written where every band has one (the
    /// list where any band is bad); `map info` where the affine transform has no shear.
    public init(_ cube: CubeDescription, layout: ENVIBinaryLayout) {
        var lines = ["ENVI"]
        if let text = cube.text { lines.append("description = {\n\(Self.withoutBraces(text))}") }
        lines += Self.extent(of: cube, layout)
        if let sensor = cube.sensor { lines.append("sensor type = \(Self.oneLine(sensor))") }
        if let time = cube.acquisitionTime {
            lines.append("acquisition time = \(ENVIAcquisitionTime.text(time))")
        }
        if let value = cube.nodataValue, value.isFinite {
            lines.append("data ignore value = \(ENVINumber.text(value))")
        }
        lines += Self.place(of: cube)
        lines += Self.bands(of: cube)
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func extent(of cube: CubeDescription, _ layout: ENVIBinaryLayout) -> [String] {
        var lines = [
            "samples = \(cube.geometry.samples)",
            "lines = \(cube.geometry.lines)",
            "bands = \(cube.geometry.bands)",
            "header offset = \(layout.headerOffsetByteCount)",
            "file type = ENVI Standard",
            "data type = \(ENVIDataType.code(of: cube.sampleType))",
            "interleave = \(layout.interleave.rawValue)",
            "byte order = \(layout.byteOrder == .littleEndian ? 0 : 1)",
        ]
        if layout.isCompressed { lines.append("file compression = 1") }
        return lines
    }

    private static func place(of cube: CubeDescription) -> [String] {
        guard let place = cube.georeference else { return [] }
        var lines: [String] = []
        if let map = mapInfo(of: place) { lines.append("map info = {\(withoutBraces(map))}") }
        if let wkt = place.coordinateSystemWKT {
            lines.append("coordinate system string = {\(oneLine(withoutBraces(wkt)))}")
        }
        return lines
    }

    /// The source's own text while it still agrees with the transform, which moves with a window.
    private static func mapInfo(of place: Georeference) -> String? {
        let source = place.mapInfo.flatMap(ENVIMapInfo.init)
        guard let affine = place.affineTransform else { return place.mapInfo }
        if let source, source.affineTransform == affine { return place.mapInfo }
        let named = place.coordinateSystemWKT.flatMap(ENVIProjectionName.init)
        let projection = source?.projection ?? named?.projection ?? "Arbitrary"
        let remainder = source?.remainder ?? named?.remainder ?? []
        return ENVIMapInfo(
            affineTransform: affine, projection: projection, remainder: remainder)?.text
    }

    private static func bands(of cube: CubeDescription) -> [String] {
        var lines: [String] = []
        if let wavelengths = cube.wavelengthsNanometers {
            lines.append("wavelength units = Nanometers")
            lines.append(list("wavelength", wavelengths.map(ENVINumber.text)))
        }
        let widths = cube.bands.compactMap(\.fwhmNanometers)
        if widths.count == cube.bands.count, cube.wavelengthsNanometers != nil {
            lines.append(list("fwhm", widths.map(ENVINumber.text)))
        }
        if cube.bands.contains(where: { !$0.isGood }) {
            lines.append(list("bbl", cube.bands.map { $0.isGood ? "1" : "0" }))
        }
        let names = cube.bands.compactMap(\.name)
        if names.count == cube.bands.count {
            lines.append(list("band names", names.map(listElement)))
        }
        return lines
    }

    private static func list(_ key: String, _ values: [String]) -> String {
        "\(key) = {\n\(values.joined(separator: ",\n"))}"
    }

    /// Braces would end a value too early.
    private static func withoutBraces(_ text: String) -> String {
        String(text.map { $0 == "{" ? "(" : $0 == "}" ? ")" : $0 })
    }

    /// A comma would begin the next element, and a semicolon at a line's start a comment.
    private static func listElement(_ text: String) -> String {
        let plain = oneLine(withoutBraces(text)).replacing(",", with: " ")
        return String(plain.drop { $0 == ";" || $0.isWhitespace })
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
