#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// Collects what a file of arrays says about one of them.
struct ArrayDescription {
    let order: AxisOrder
    let description: CubeDescription
    let warnings: [String]

    private static let sensorNames = ["instrument", "sensor", "platform"]
    private static let timeNames = [
        "time_coverage_start", "start_time", "acquisition_time", "Product_StartTime",
    ]
    private static let textNames = ["title", "summary", "description"]
    private static let westNames = ["geospatial_lon_min", "westernmost_longitude"]
    private static let southNames = ["geospatial_lat_min", "southernmost_latitude"]
    private static let eastNames = ["geospatial_lon_max", "easternmost_longitude"]
    private static let northNames = ["geospatial_lat_max", "northernmost_latitude"]

    init(_ array: NamedArray, in file: ArrayFile) throws {
        let axes = array.imageAxes
        let lists = SpectralLists(in: file)
        let order = AxisOrder(
            names: axes.map { array.dimensionNames[$0] },
            lengths: axes.map { array.lengths[$0] },
            wavelengthCounts: lists.wavelengthCounts)
        guard let order, let sampleType = SampleType(gdalType: array.type) else {
            throw HelperFailure(.unsupported, "'\(array.fullName)' is no image")
        }
        self.order = order
        let bandCount = order.bands.map { array.lengths[axes[$0]] } ?? 1
        var isSet: Int32 = 0
        let nodata = cgdal_array_nodata(array.handle, array.type, &isSet)
        let bands = lists.descriptions(bandCount: bandCount, near: array)
        let isLost =
            lists.wavelengthCounts.contains(bandCount)
            && bands.allSatisfy {
                $0.wavelengthNanometers == nil
            }
        warnings = isLost ? ["its wavelengths have an unknown unit and are left out"] : []
        description = CubeDescription(
            geometry: try Self.geometry(
                lines: array.lengths[axes[order.lines]],
                samples: array.lengths[axes[order.samples]], bands: bandCount),
            sampleType: sampleType, bands: bands, nodataValue: isSet != 0 ? nodata : nil,
            sensor: file.attribute(Self.sensorNames),
            acquisitionTime: file.attribute(Self.timeNames).flatMap(TimestampText.date),
            text: file.attribute(Self.textNames),
            georeference: Self.georeference(array, axes, order, file))
    }

    private static func geometry(
        lines: Int, samples: Int, bands: Int
    ) throws -> CubeGeometry {
        do {
            return try CubeGeometry(lines: lines, samples: samples, bands: bands)
        } catch {
            throw HelperFailure(.unsupported, error.description)
        }
    }

    /// Grids say where they lie through their x and y coordinates; swaths only through the file's
    /// bounds.
    private static func georeference(
        _ array: NamedArray, _ axes: [Int], _ order: AxisOrder, _ file: ArrayFile
    ) -> Georeference? {
        var georeference: Georeference?
        let view = GDALMDArrayAsClassicDataset(
            array.handle, axes[order.samples], axes[order.lines])
        if let view {
            georeference = Georeferencing.georeference(of: view)
            GDALReleaseDataset(view)
        }
        if georeference?.bounds == nil, let bounds = bounds(file) {
            georeference = georeference ?? Georeference()
            georeference?.bounds = bounds
        }
        return georeference
    }

    private static func bounds(_ file: ArrayFile) -> GeographicBounds? {
        func number(_ names: [String]) -> Double? {
            file.attribute(names).flatMap { Double($0) }
        }
        guard let west = number(westNames), let south = number(southNames),
            let east = number(eastNames), let north = number(northNames)
        else { return nil }
        return GeographicBounds(west: west, south: south, east: east, north: north)
    }
}
#endif
