import Cube

/// Where an ENVI image lies.
enum ENVIGeoreference {
    /// The place that a header's `map info` and `coordinate system string` give; nil without both.
    static func georeference(in header: ENVIHeader, geometry: CubeGeometry) -> Georeference? {
        let mapText = header.value(of: "map info")
        let wkt = header.value(of: "coordinate system string")
        guard mapText != nil || wkt != nil else { return nil }
        let map = mapText.flatMap(ENVIMapInfo.init)
        return Georeference(
            affineTransform: map?.affineTransform, coordinateSystemWKT: wkt, mapInfo: mapText,
            bounds: map.flatMap { bounds(of: $0, geometry: geometry) })
    }

    /// The footprint; nil where the projection is neither UTM nor geographic, where the image
    /// crosses the antimeridian, or where the numbers are no place on Earth.
    static func bounds(of map: ENVIMapInfo, geometry: CubeGeometry) -> GeographicBounds? {
        let outline = outline(of: map.affineTransform, geometry: geometry)
        if map.isGeographic && map.isInUnit("degrees") { return bounds(around: outline) }
        guard let zone = map.zone else { return nil }
        return bounds(
            around: outline.map { point in
                let position = zone.geographic(eastingMetres: point.x, northingMetres: point.y)
                return (position.longitudeDegrees, position.latitudeDegrees)
            })
    }

    /// Map positions along the image's outer edges; a straight edge of a grid is a curve on the
    /// globe, so the corners alone would not do.
    private static func outline(
        of c: [Double], geometry: CubeGeometry
    ) -> [(x: Double, y: Double)] {
        let pieces = 16
        let (width, height) = (Double(geometry.samples), Double(geometry.lines))
        return (0...pieces).flatMap { piece in
            let part = Double(piece) / Double(pieces)
            return [
                (width * part, 0), (width * part, height), (0, height * part),
                (width, height * part),
            ].map { sample, line in
                (c[0] + sample * c[1] + line * c[2], c[3] + sample * c[4] + line * c[5])
            }
        }
    }

    private static func bounds(around points: [(x: Double, y: Double)]) -> GeographicBounds? {
        guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }),
            let west = points.map(\.x).min(), let east = points.map(\.x).max(),
            let south = points.map(\.y).min(), let north = points.map(\.y).max()
        else { return nil }
        // Longitudes of 0...360 are as good as those of -180...180.
        let turn: Double = west >= 180 ? 360 : 0
        return GeographicBounds(
            west: west - turn, south: south, east: east - turn, north: north)
    }
}
