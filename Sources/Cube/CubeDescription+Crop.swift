import Foundation

/// Descriptions of parts of a cube, for files that hold only a window of it.
extension CubeDescription {
    /// The description of some pixels and bands: geometry, bands and georeference follow.
    ///
    /// - Throws: ``CubeError`` where the window or a band is outside the cube.
    public func cropped(to window: CubeWindow, bandIndices: [Int]) throws -> CubeDescription {
        try window.check(inside: geometry)
        try geometry.check(bandIndices: bandIndices)
        let cropGeometry = try CubeGeometry(
            lines: window.lines.count, samples: window.samples.count, bands: bandIndices.count)
        let isWhole = window == CubeWindow(whole: geometry)
        return CubeDescription(
            geometry: cropGeometry, sampleType: sampleType,
            bands: bandIndices.map { self.bands[$0] }, nodataValue: nodataValue, sensor: sensor,
            acquisitionTime: acquisitionTime, text: text,
            georeference: isWhole
                ? georeference
                : georeference?.shifted(
                    lines: window.lines.lowerBound, samples: window.samples.lowerBound))
    }
}

extension Georeference {
    /// The georeference of a window that begins some lines and samples into the image. The
    /// footprint is left out, because it was the whole image's.
    public func shifted(lines: Int, samples: Int) -> Georeference {
        let transform = affineTransform.map { old in
            precondition(old.count == 6, "an affine transform has six coefficients")
            var new = old
            new[0] += Double(samples) * old[1] + Double(lines) * old[2]
            new[3] += Double(samples) * old[4] + Double(lines) * old[5]
            return new
        }
        return Georeference(
            affineTransform: transform, coordinateSystemWKT: coordinateSystemWKT,
            mapInfo: mapInfo.map { Self.shift($0, lines: lines, samples: samples) })
    }

    /// Moves the tie point of an ENVI `map info` list: fields 1 and 2 are its image column and
    /// row, counted from 1, and may lie outside the image.
    private static func shift(_ mapInfo: String, lines: Int, samples: Int) -> String {
        var fields = mapInfo.components(separatedBy: ",")
        guard fields.count > 4,
            let column = Double(fields[1].trimmingCharacters(in: .whitespaces)),
            let row = Double(fields[2].trimmingCharacters(in: .whitespaces))
        else { return mapInfo }
        fields[1] = " \(column - Double(samples))"
        fields[2] = " \(row - Double(lines))"
        return fields.joined(separator: ",")
    }
}
