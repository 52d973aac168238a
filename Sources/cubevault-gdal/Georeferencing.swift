#if GDAL
import CGDAL
import Cube

/// Where a raster lies.
enum Georeferencing {
    /// Points along each edge that are carried over to longitude and latitude: an edge that is
    /// straight on the map bends on the ellipsoid.
    private static let pointsPerEdge = 21

    /// The dataset's transform, coordinate system and footprint; nil where it has neither of the
    /// first two.
    static func georeference(of dataset: GDALDatasetH) -> Georeference? {
        var transform = [Double](repeating: 0, count: 6)
        let hasTransform =
            GDALGetGeoTransform(dataset, &transform) == CE_None
            && transform.allSatisfy(\.isFinite)
        let text = Metadata.text(GDALGetProjectionRef(dataset))
        let mapInfo = Metadata(dataset).item("map_info", domain: "ENVI")
        guard hasTransform || text != nil else { return nil }
        var georeference = Georeference(
            affineTransform: hasTransform ? transform : nil, coordinateSystemWKT: text,
            mapInfo: mapInfo)
        if hasTransform, let system = GDALGetSpatialRef(dataset) {
            georeference.bounds = bounds(
                transform, samples: Double(GDALGetRasterXSize(dataset)),
                lines: Double(GDALGetRasterYSize(dataset)), system)
        }
        return georeference
    }

    private static func bounds(
        _ transform: [Double], samples: Double, lines: Double, _ system: OGRSpatialReferenceH
    ) -> GeographicBounds? {
        guard let geographic = OSRCloneGeogCS(system), let source = OSRClone(system) else {
            return nil
        }
        defer {
            OSRDestroySpatialReference(geographic)
            OSRDestroySpatialReference(source)
        }
        OSRSetAxisMappingStrategy(geographic, OAMS_TRADITIONAL_GIS_ORDER)
        OSRSetAxisMappingStrategy(source, OAMS_TRADITIONAL_GIS_ORDER)
        guard let conversion = OCTNewCoordinateTransformation(source, geographic) else {
            return nil
        }
        defer { OCTDestroyCoordinateTransformation(conversion) }
        var (longitudes, latitudes) = outline(transform, samples: samples, lines: lines)
        let count = Int32(longitudes.count)
        guard OCTTransform(conversion, count, &longitudes, &latitudes, nil) != 0,
            (longitudes + latitudes).allSatisfy(\.isFinite)
        else { return nil }
        // Grids of the whole Earth often run from 0 to 360 degrees.
        if longitudes.allSatisfy({ $0 >= 180 }) { longitudes = longitudes.map { $0 - 360 } }
        guard let west = longitudes.min(), let east = longitudes.max(),
            let south = latitudes.min(), let north = latitudes.max()
        else { return nil }
        return GeographicBounds(west: west, south: south, east: east, north: north)
    }

    /// Map coordinates of points around the raster's outer edge.
    private static func outline(
        _ transform: [Double], samples: Double, lines: Double
    ) -> (x: [Double], y: [Double]) {
        let steps = (0..<pointsPerEdge).map { Double($0) / Double(pointsPerEdge - 1) }
        let points =
            steps.flatMap { [($0, 0.0), ($0, 1.0), (0.0, $0), (1.0, $0)] }
            .map { (sample: $0.0 * samples, line: $0.1 * lines) }
        return (
            points.map { transform[0] + $0.sample * transform[1] + $0.line * transform[2] },
            points.map { transform[3] + $0.sample * transform[4] + $0.line * transform[5] }
        )
    }
}
#endif
