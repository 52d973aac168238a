#if GDAL
import CGDAL
import ContainerFormats
import Cube
import Foundation

/// Collects what a raster says about itself.
struct RasterDescription {
    let description: CubeDescription
    let type: GDALDataType
    let warnings: [String]

    private static let sensorNames = [
        "sensor", "sensor type", "sensor_type", "instrument", "instrument_name", "SENSOR_ID",
    ]
    private static let timeNames = [
        "acquisition time", "acquisition_time", "acquisition_datetime", "start_time",
        "time_coverage_start", "sensing_start", "start_datetime",
    ]
    private static let textNames = ["description", "title", "TIFFTAG_IMAGEDESCRIPTION"]

    /// Describes an open dataset.
    init(_ dataset: GDALDatasetH) throws {
        let bands = (1...max(1, GDALGetRasterCount(dataset))).map {
            GDALGetRasterBand(dataset, $0)
        }.compactMap(\.self)
        guard let first = bands.first else {
            throw HelperFailure(.noCube, "it has no raster bands")
        }
        let type = GDALGetRasterDataType(first)
        guard let sampleType = Self.sampleType(of: first) else {
            throw HelperFailure(
                .unsupported, "samples of type \(SampleType.name(of: type)) cannot be archived")
        }
        guard bands.allSatisfy({ GDALGetRasterDataType($0) == type }) else {
            throw HelperFailure(.unsupported, "its bands have different types")
        }
        let metadata = Metadata(dataset)
        let (nodata, nodataWarning) = Self.nodata(bands)
        let (spectral, spectralWarning) = BandMetadata(dataset, bands).descriptions()
        self.type = type
        warnings = [nodataWarning, spectralWarning].compactMap(\.self)
        description = CubeDescription(
            geometry: try Self.geometry(dataset, bandCount: bands.count),
            sampleType: sampleType,
            bands: spectral, nodataValue: nodata,
            sensor: metadata.first(of: Self.sensorNames)
                ?? metadata.item("SATELLITEID", domain: "IMAGERY"),
            acquisitionTime: Self.acquisitionTime(metadata),
            text: metadata.first(of: Self.textNames),
            georeference: Georeferencing.georeference(of: dataset))
    }

    private static func geometry(
        _ dataset: GDALDatasetH, bandCount: Int
    ) throws -> CubeGeometry {
        do {
            return try CubeGeometry(
                lines: Int(GDALGetRasterYSize(dataset)),
                samples: Int(GDALGetRasterXSize(dataset)),
                bands: bandCount)
        } catch {
            throw HelperFailure(.unsupported, error.description)
        }
    }

    /// Before GDAL 3.7, signed bytes were Byte with a note.
    private static func sampleType(of band: GDALRasterBandH) -> SampleType? {
        let note = Metadata(band).item("PIXELTYPE", domain: "IMAGE_STRUCTURE")
        return note == "SIGNEDBYTE" ? nil : SampleType(gdalType: GDALGetRasterDataType(band))
    }

    /// The first band's value, and a warning where others differ.
    private static func nodata(_ bands: [GDALRasterBandH]) -> (Double?, warning: String?) {
        let values = bands.map { band -> Double? in
            var isSet: Int32 = 0
            let value = cgdal_band_nodata(band, &isSet)
            return isSet != 0 ? value : nil
        }
        let differing = values.indices.filter { index in
            let bothAreNaN = values[index]?.isNaN == true && values[0]?.isNaN == true
            return values[index] != values[0] && !bothAreNaN
        }
        guard let band = differing.first else { return (values[0], nil) }
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "none" }
        let warning =
            "its bands have different nodata values (band 1: \(text(values[0])), band "
            + "\(band + 1): \(text(values[band]))); that of band 1 is used for all"
        return (values[0], warning)
    }

    private static func acquisitionTime(_ metadata: Metadata) -> Date? {
        let texts = timeNames.map { metadata.item($0) ?? metadata.item($0, domain: "ENVI") }
        let all = texts + [metadata.item("ACQUISITIONDATETIME", domain: "IMAGERY")]
        return all.lazy.compactMap { $0.flatMap(TimestampText.date) }.first
    }
}
#endif
