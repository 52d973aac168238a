import Cube
import CubeFiles
import Foundation
import Testing
import TestSupport

/// GDAL's own command line tools, which make the files that our writer does not.
enum GDALTools {
    static let areHere = FileManager.default.isExecutableFile(atPath: "/usr/bin/gdalmdimtranslate")
    static let absence: Comment = "no gdal_translate: install gdal-bin"

    static func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/" + tool)
        process.arguments = ["-q"] + arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}

extension `GDAL helper` {
    @Suite(.enabled(if: TestHelper.hasGDAL, TestHelper.absence))
    struct `Forms of metadata` {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func open(_ path: String, variable: String? = nil) throws -> GDALCube {
            try GDALCube(path: path, variable: variable, helper: TestHelper.required())
        }

        @Test func `wavelengths in GDAL's imagery domain are read`() throws {
            let path = folder.file("imagery.tif")
            let description = CubeDescription(
                geometry: try CubeGeometry(lines: 1, samples: 1, bands: 2), sampleType: .uint8,
                bands: [
                    BandDescription(wavelengthNanometers: 550.25, fwhmNanometers: 10),
                    BandDescription(wavelengthNanometers: 2200, fwhmNanometers: 12.5),
                ])
            try GeoTIFFWriter(path: path, description: description, helper: TestHelper.required())
                .finish()
            // Every other form of the wavelengths is renamed out of sight.
            let bytes = try Data(contentsOf: URL(filePath: path))
            let whole = try #require(String(data: bytes, encoding: .isoLatin1))
            try #require(whole.contains("CENTRAL_WAVELENGTH_UM"))
            let hidden = whole.replacing("\"wavelength", with: "\"hidden_len")
                .replacing("\"fwhm", with: "\"hide")
            let changed = try #require(hidden.data(using: .isoLatin1))
            try folder.write("hidden.tif", Array(changed))
            let bands = try open(folder.file("hidden.tif")).description.bands
            #expect(bands.compactMap(\.wavelengthNanometers) == [550.25, 2200])
            #expect(bands.compactMap(\.fwhmNanometers) == [10, 12.5])
        }

        @Test(.enabled(if: RealScenes.areHere, RealScenes.absence))
        func `an ENVI file through GDAL is Jasper Ridge`() throws {
            let cube = try open(RealScenes.path("jasper-ridge/jasperRidge2_F224.img"))
            #expect(cube.description.wavelengthsNanometers?.first == 369.850006)
            let truth = try NumPyScene("jasper_ridge_100x100x224_u16.npy", bands: 224)
            #expect(
                try cube.read(lines: 0..<100).doubles() == truth.bandSequential(lines: 100))
        }

        @Test(.enabled(if: GDALTools.areHere, GDALTools.absence))
        func `differing nodata values give a warning`() throws {
            let raster = """
                <VRTDataset rasterXSize="2" rasterYSize="2">
                <VRTRasterBand dataType="Int16" band="1">
                <NoDataValue>-1</NoDataValue></VRTRasterBand>
                <VRTRasterBand dataType="Int16" band="2">
                <NoDataValue>-2</NoDataValue></VRTRasterBand>
                </VRTDataset>
                """
            let source = try folder.write("source.vrt", Array(raster.utf8))
            let path = folder.file("differing.img")
            try GDALTools.run("gdal_translate", ["-of", "HFA", source, path])
            let cube = try open(path)
            #expect(cube.description.nodataValue == -1)
            #expect(cube.warnings.count == 1 && cube.warnings[0].contains("band 2: -2.0"))
            // A file whose samples lie in other files is no archive.
            #expect(throws: ContainerError.self) { try open(source) }
        }

        @Test(.enabled(if: GDALTools.areHere, GDALTools.absence))
        func `pages of a TIFF are cubes to choose from, wherever the file is`() throws {
            let page = folder.file("page.tif")
            let description = CubeDescription(
                geometry: try CubeGeometry(lines: 1, samples: 2, bands: 2), sampleType: .uint8)
            let cube = MemoryCube(description: description, bytes: [1, 2, 3, 4])
            let writer = try GeoTIFFWriter(
                path: page, description: description, helper: TestHelper.required())
            try writer.write(cube.block)
            try writer.finish()
            let pages = folder.file("pages.tif")
            try GDALTools.run("gdal_translate", ["-b", "1", page, pages])
            try GDALTools.run(
                "gdal_translate", ["-co", "APPEND_SUBDATASET=YES", page, pages])
            let candidates = [
                VariableCandidate(name: "GTIFF_DIR:1", shape: [1, 1, 2], typeName: "uint8"),
                VariableCandidate(name: "GTIFF_DIR:2", shape: [2, 1, 2], typeName: "uint8"),
            ]
            #expect(throws: ContainerError.ambiguous(path: pages, candidates: candidates)) {
                try open(pages)
            }
            for name in ["GTIFF_DIR:2", "2"] {
                let second = try open(pages, variable: name)
                #expect(second.variable == "GTIFF_DIR:2")
                #expect(try MemoryCube(reading: second).block == cube.block)
            }
        }

        @Test(
            .enabled(if: RealScenes.areHere, RealScenes.absence),
            .enabled(if: GDALTools.areHere, GDALTools.absence),
            arguments: ["[2,0,1]", "[0,2,1]", "[1,0,2]"])
        func `the axes may come in any order`(_ order: String) throws {
            let source = RealScenes.path(
                "emit-netcdf/EMIT_L2A_MASK_001_20220827T060753_9999999_999.nc")
            let turned = folder.file("turned.nc")
            try GDALTools.run(
                "gdalmdimtranslate",
                ["-of", "netCDF", "-array", "name=mask,transpose=\(order)", source, turned])
            let window = CubeWindow(lines: 3..<9, samples: 100..<151)
            let truth = try open(source, variable: "mask").read(window, bandIndices: [6, 7, 5])
            let cube = try open(turned)
            #expect(
                cube.description.geometry
                    == (try CubeGeometry(lines: 200, samples: 200, bands: 8)))
            #expect(try cube.read(window, bandIndices: [6, 7, 5]) == truth)
        }
    }
}
