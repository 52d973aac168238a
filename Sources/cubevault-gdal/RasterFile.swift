#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// A file as GDAL's classic model has it: one raster of bands, or a list of such rasters.
final class RasterFile {
    private let dataset: GDALDatasetH
    /// GDAL's names of the rasters in the file, where there are several; only these are ever
    /// opened.
    private let subdatasetNames: [String]
    private let path: String

    /// More are not listed.
    private static let mostSubdatasets = 256

    /// Opens a local file.
    init(path: String) throws {
        self.path = path
        dataset = try Self.open(path)
        let list = GDALGetMetadata(dataset, "SUBDATASETS")
        subdatasetNames = (1...Self.mostSubdatasets).compactMap { number in
            Metadata.text(CSLFetchNameValue(list, "SUBDATASET_\(number)_NAME"))
        }
    }

    deinit { GDALReleaseDataset(dataset) }

    /// What can be selected; empty where the file is one raster as a whole.
    var candidates: [HelperCandidate] {
        subdatasetNames.map { name in
            let plainName = plainName(name)
            guard let dataset = GDALOpenEx(name, Self.flags, nil, nil, nil) else {
                return HelperCandidate(name: plainName, shape: [], typeName: "unreadable")
            }
            defer { GDALClose(dataset) }
            let count = Int(GDALGetRasterCount(dataset))
            let type =
                count > 0 ? GDALGetRasterDataType(GDALGetRasterBand(dataset, 1)) : GDT_Unknown
            return HelperCandidate(
                name: plainName,
                shape: [
                    count, Int(GDALGetRasterYSize(dataset)), Int(GDALGetRasterXSize(dataset)),
                ], typeName: SampleType.name(of: type))
        }
    }

    /// The raster that is selected, or the only one.
    func cube(named variable: String?) throws -> any OpenCube {
        if let variable {
            let candidates = candidates
            let index = try Container.index(of: variable, in: candidates)
            return try RasterCube(
                try Self.open(subdatasetNames[index]), variable: candidates[index].name)
        }
        if subdatasetNames.count > 1 {
            throw HelperFailure(.ambiguous, "several rasters", candidates: candidates)
        }
        if GDALGetRasterCount(dataset) > 0 {
            return try RasterCube(try Self.reference(dataset), variable: nil)
        }
        guard let only = subdatasetNames.first else {
            throw HelperFailure(.noCube, "it has no raster bands")
        }
        return try RasterCube(try Self.open(only), variable: plainName(only))
    }

    /// A name without the file's path, so that it still selects the same raster when the file was
    /// moved: `GTIFF_DIR:2` for `GTIFF_DIR:2:/data/pages.tif`.
    private func plainName(_ name: String) -> String {
        name.replacing("\"\(path)\"", with: "").replacing(path, with: "")
            .split(separator: ":").joined(separator: ":")
    }

    private static let flags = UInt32(GDAL_OF_READONLY | GDAL_OF_RASTER)

    private static func open(_ name: String) throws -> GDALDatasetH {
        CPLErrorReset()
        guard let dataset = GDALOpenEx(name, flags, nil, nil, nil) else {
            throw GDALRuntime.failure(.unreadable, "GDAL does not know its format")
        }
        return dataset
    }

    /// A second owner of an open dataset.
    private static func reference(_ dataset: GDALDatasetH) throws -> GDALDatasetH {
        GDALReferenceDataset(dataset)
        return dataset
    }
}
#endif
