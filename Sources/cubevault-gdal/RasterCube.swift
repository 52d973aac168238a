#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// One raster of bands.
final class RasterCube: OpenCube {
    let description: CubeDescription
    let variable: String?
    let warnings: [String]
    private let dataset: GDALDatasetH
    private let type: GDALDataType

    /// Takes over one reference of an open dataset.
    init(_ dataset: GDALDatasetH, variable: String?) throws {
        self.dataset = dataset
        self.variable = variable
        do {
            let reader = try RasterDescription(dataset)
            description = reader.description
            warnings = reader.warnings
            type = reader.type
        } catch {
            GDALReleaseDataset(dataset)
            throw error
        }
    }

    deinit { GDALReleaseDataset(dataset) }

    func read(
        _ window: CubeWindow, bandIndices: [Int], into buffer: UnsafeMutableRawBufferPointer
    ) throws {
        var bandNumbers = bandIndices.map { Int32($0 + 1) }
        try GDALRuntime.check(.unreadable, "read its samples") {
            GDALDatasetRasterIO(
                dataset, GF_Read, Int32(window.samples.lowerBound),
                Int32(window.lines.lowerBound),
                Int32(window.samples.count), Int32(window.lines.count), buffer.baseAddress,
                Int32(window.samples.count), Int32(window.lines.count), type,
                Int32(bandNumbers.count), &bandNumbers, 0, 0, 0)
        }
    }
}
#endif
