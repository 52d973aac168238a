import Basics
import Cube
import CubeFiles
import Foundation
import Testing
import TestSupport

extension `GDAL helper` {
    @Suite(.enabled(if: TestHelper.hasGDAL, TestHelper.absence))
    struct `GeoTIFF writing` {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func description(_ truth: MemoryCube) -> CubeDescription {
            var description = truth.description
            for band in description.bands.indices {
                description.bands[band] = BandDescription(
                    wavelengthNanometers: 400.1 + Double(band) * 10.3,
                    fwhmNanometers: 9.7 + Double(band) / 8, name: "Band <\(band)> & so on",
                    isGood: band != 1)
            }
            description.nodataValue = description.sampleType == .uint8 ? 255 : 30_000
            description.sensor = "AVIRIS"
            description.acquisitionTime = Date(timeIntervalSince1970: 1_661_580_473)
            description.text = "A scene"
            description.georeference = Georeference(
                affineTransform: [366_015, 30, 0, 5_809_965, 0, -30],
                coordinateSystemWKT: Self.utm)
            return description
        }

        @Test(arguments: SampleType.allCases)
        func `a GeoTIFF that is read back has every sample and all metadata`(
            _ type: SampleType
        ) throws {
            let truth = try MemoryCube.random(
                lines: 13, samples: 7, bands: 5, sampleType: type, seed: 5)
            let description = description(truth)
            let path = folder.file("cube.tif")
            let helper = try TestHelper.required()
            let writer = try GeoTIFFWriter(path: path, description: description, helper: helper)
            // Out of order, and by bands as well as by lines.
            for lines in [6..<13, 0..<6] {
                for bands in [[4, 1, 0], [2, 3]] {
                    let window = CubeWindow(lines: lines, of: description.geometry)
                    try writer.write(try truth.read(window, bandIndices: bands))
                }
            }
            try writer.finish()
            #expect(writer.warnings.isEmpty)
            let cube = try GDALCube(path: path, variable: nil, helper: helper)
            #expect(try MemoryCube(reading: cube).block == truth.block)
            var read = cube.description
            let bounds = try #require(read.georeference?.bounds)
            #expect(bounds.west > 13.029 && bounds.east < 13.033)
            // GDAL writes the definition in its own words.
            #expect(read.georeference?.coordinateSystemWKT?.contains("UTM zone 33N") == true)
            read.georeference = description.georeference
            #expect(read == description)
            #expect(cube.warnings.isEmpty)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cube.tif"])
        }

        @Test func `a coordinate system that GDAL does not understand is left out with a warning`()
            throws
        {
            let truth = try MemoryCube.random(
                lines: 2, samples: 2, bands: 1, sampleType: .uint8, seed: 1)
            var description = truth.description
            description.georeference = Georeference(coordinateSystemWKT: "/etc/passwd")
            let path = folder.file("odd.tif")
            let writer = try GeoTIFFWriter(
                path: path, description: description, helper: TestHelper.required())
            try writer.write(truth.block)
            try writer.finish()
            #expect(writer.warnings.count == 1)
            let cube = try GDALCube(path: path, variable: nil, helper: TestHelper.required())
            #expect(cube.description.georeference == nil)
            #expect(try MemoryCube(reading: cube).block == truth.block)
        }

        @Test func `NaN marks missing samples`() throws {
            var description = CubeDescription(
                geometry: try CubeGeometry(lines: 1, samples: 1, bands: 1), sampleType: .float32)
            description.nodataValue = .nan
            let helper = try TestHelper.required()
            let writer = try GeoTIFFWriter(
                path: folder.file("nan.tif"), description: description, helper: helper)
            try writer.finish()
            let cube = try GDALCube(path: folder.file("nan.tif"), variable: nil, helper: helper)
            #expect(cube.description.nodataValue?.isNaN == true)
        }

        @Test func `a folder that is not there is an error`() throws {
            let description = CubeDescription(
                geometry: try CubeGeometry(lines: 1, samples: 1, bands: 1), sampleType: .uint8)
            let error = #expect(throws: ContainerError.self) {
                try GeoTIFFWriter(
                    path: folder.file("absent/a.tif"), description: description,
                    helper: TestHelper.required())
            }
            guard case .writeFailed = error else {
                Issue.record("\(error.debugDescription)")
                return
            }
        }

        @Test func `a cube larger than one message is cut into pieces`() throws {
            // 68 MB: more than the 64 MiB that one message may carry.
            let geometry = try CubeGeometry(lines: 50, samples: 4_000, bands: 170)
            let bytes = [UInt8](unsafeUninitializedCapacity: geometry.sampleCount * 2) {
                raw, count in
                for index in 0..<geometry.sampleCount * 2 {
                    raw[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 11)
                }
                count = geometry.sampleCount * 2
            }
            let truth = MemoryCube(
                description: CubeDescription(geometry: geometry, sampleType: .uint16), bytes: bytes)
            let helper = try TestHelper.required()
            let path = folder.file("large.tif")
            let writer = try GeoTIFFWriter(
                path: path, description: truth.description, helper: helper)
            try writer.write(truth.block)
            try writer.finish()
            let cube = try GDALCube(path: path, variable: nil, helper: helper)
            #expect(try cube.read(lines: 0..<50) == truth.block)
        }

        static let utm = """
            PROJCS["WGS 84 / UTM zone 33N",GEOGCS["WGS 84",DATUM["WGS_1984",\
            SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],\
            UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],\
            PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",15],\
            PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],\
            PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32633"]]
            """
    }
}
