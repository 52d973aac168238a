import Basics
import Cube
import CubeFiles
import Foundation
import Testing
import TestSupport

/// Expected values were read with gdal_translate, gdalmdimtranslate and NumPy.
extension `GDAL helper` {
    @Suite(
        .enabled(if: RealScenes.areHere, RealScenes.absence),
        .enabled(if: TestHelper.hasGDAL, TestHelper.absence))
    struct `Real files` {
        private func open(_ path: String, variable: String? = nil) throws -> GDALCube {
            try GDALCube(
                path: RealScenes.path(path), variable: variable, helper: TestHelper.required())
        }

        private let mask =
            "emit-netcdf/EMIT_L2A_MASK_001_20220827T060753_9999999_999.nc"

        @Test func `an EnMAP GeoTIFF keeps its spectral and spatial metadata`() throws {
            let cube = try open("enmap-potsdam/enmap_potsdam_tile_128_0.tif")
            let description = cube.description
            #expect(
                description.geometry == (try CubeGeometry(lines: 32, samples: 32, bands: 224)))
            #expect(description.sampleType == .float32)
            #expect(description.nodataValue == -32768)
            #expect(description.bands[0].wavelengthNanometers == 418.24)
            #expect(description.bands[0].fwhmNanometers == 6.99561)
            #expect(description.wavelengthsNanometers?.count == 224)
            #expect(
                description.acquisitionTime == Date(timeIntervalSince1970: 1_658_659_526))
            let place = try #require(description.georeference)
            #expect(place.affineTransform == [366_015, 30, 0, 5_809_965, 0, -30])
            #expect(place.coordinateSystemWKT?.contains("UTM zone 33N") == true)
            // gdalinfo's corners: 13d 1'46.41"E, 52d24'53.42"N to 13d 2'38.58"E, 52d25'25.31"N.
            let bounds = try #require(place.bounds)
            #expect(abs(bounds.west - (13 + 1 / 60.0 + 46.41 / 3600)) < 1e-5)
            #expect(abs(bounds.south - (52 + 24 / 60.0 + 53.42 / 3600)) < 1e-5)
            #expect(abs(bounds.east - (13 + 2 / 60.0 + 38.58 / 3600)) < 1e-5)
            #expect(abs(bounds.north - (52 + 25 / 60.0 + 25.31 / 3600)) < 1e-5)
            #expect(cube.variable == nil && cube.warnings.isEmpty)
        }

        @Test func `an EnMAP GeoTIFF gives its samples`() throws {
            let cube = try open("enmap-potsdam/enmap_potsdam_tile_128_0.tif")
            let values = try cube.read(lines: 0..<32).doubles()
            #expect(values.reduce(0, +) == 204_559_618)
            #expect(values.count { $0 != -32768 } == 223_232)
            let pixel = CubeWindow(lines: 3..<4, samples: 5..<6)
            #expect(try cube.read(pixel, bandIndices: [10]).doubles() == [559])
            let corner = CubeWindow(lines: 31..<32, samples: 0..<1)
            #expect(try cube.read(corner, bandIndices: [130, 100]).doubles() == [-32768, 3161])
        }

        @Test func `the Moon Mineralogy Mapper's band names give wavelengths`() throws {
            let cube = try open("m3/M3_4030seg_L2_aristcrater.tif")
            #expect(cube.description.nodataValue == -999)
            #expect(cube.description.bands[0].wavelengthNanometers == 540.840027)
            #expect(cube.description.wavelengthsNanometers?.count == 83)
            let pixel = CubeWindow(lines: 20..<21, samples: 30..<31)
            #expect(
                try cube.read(pixel, bandIndices: [40]).doubles() == [0.11724869161844254])
            let sum = try cube.read(lines: 0..<50).doubles().reduce(0, +)
            #expect(abs(sum - 27906.067607875913) < 1e-6)
        }

        @Test func `a netCDF file of several cubes asks which`() throws {
            let path = RealScenes.path(mask)
            let candidates = [
                VariableCandidate(name: "/mask", shape: [200, 200, 8], typeName: "float32"),
                VariableCandidate(name: "/band_mask", shape: [200, 200, 36], typeName: "uint8"),
            ]
            #expect(throws: ContainerError.ambiguous(path: path, candidates: candidates)) {
                try open(mask)
            }
            #expect(
                try GDALCube.candidates(in: path, helper: TestHelper.required()) == candidates)
            #expect(throws: ContainerError.self) { try open(mask, variable: "radiance") }
        }

        @Test(arguments: ["mask", "/mask", "1"])
        func `downtrack, crosstrack, bands become lines, samples, bands`(
            _ variable: String
        ) throws {
            let cube = try open(mask, variable: variable)
            #expect(cube.variable == "/mask")
            #expect(
                cube.description.geometry
                    == (try CubeGeometry(lines: 200, samples: 200, bands: 8)))
            #expect(cube.description.nodataValue == -9999)
            #expect(cube.description.sensor == "EMIT")
            #expect(
                cube.description.acquisitionTime == Date(timeIntervalSince1970: 1_661_580_473))
            #expect(cube.description.georeference?.bounds?.west == 61.1592142222353)
            let pixel = CubeWindow(lines: 3..<4, samples: 150..<151)
            #expect(
                try cube.read(pixel, bandIndices: [6, 0, 5]).floats()
                    == [0.7055454, 0, 0.28570434])
            let block = try cube.read(lines: 0..<200)
            #expect(block.plane(ofBandAt: 7).reduce(0, +) == 21)
            #expect(abs(block.plane(ofBandAt: 6).reduce(0, +) - 27788.34457564354) < 1e-6)
        }

        @Test func `an array in a group is found by its last name`() throws {
            let map = try open(mask, variable: "glt_x")
            #expect(map.variable == "/location/glt_x")
            #expect(
                map.description.geometry == (try CubeGeometry(lines: 318, samples: 354, bands: 1)))
            #expect(map.description.sampleType == .int32)
        }

        @Test func `an ERDAS classification is one band`() throws {
            let cube = try open("ground-truth/92AV3GT.GIS")
            #expect(
                cube.description.geometry == (try CubeGeometry(lines: 145, samples: 145, bands: 1)))
            #expect(try cube.read(lines: 0..<145).doubles().reduce(0, +) == 89_889)
        }

        @Test func `several threads share one cube`() throws {
            let cube = try open("enmap-potsdam/enmap_potsdam_tile_128_0.tif")
            let whole = try cube.read(lines: 0..<32)
            DispatchQueue.concurrentPerform(iterations: 16) { index in
                let window = CubeWindow(lines: index..<index + 9, samples: 1..<30)
                do {
                    let part = try cube.read(window, bandIndices: [index, 3])
                    #expect(part == whole.cropped(to: window, bandIndices: [index, 3]))
                } catch {
                    Issue.record(error)
                }
            }
        }

        @Test func `nothing is written beside the file`() throws {
            let folder = try TemporaryFolder()
            let copy = folder.file("tile.tif")
            try FileManager.default.copyItem(
                atPath: RealScenes.path("enmap-potsdam/enmap_potsdam_tile_128_0.tif"), toPath: copy)
            let cube = try GDALCube(path: copy, variable: nil, helper: TestHelper.required())
            _ = try cube.read(lines: 0..<32)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["tile.tif"])
        }

        @Test func `a truncated GeoTIFF is an error and the helper lives on`() throws {
            let folder = try TemporaryFolder()
            let source = RealScenes.path("enmap-potsdam/enmap_potsdam_tile_128_0.tif")
            let bytes = Array(try Data(contentsOf: URL(filePath: source)))
            let path = try folder.write("short.tif", Array(bytes[..<(bytes.count / 2)]))
            let error = #expect(throws: ContainerError.self) {
                let cube = try GDALCube(path: path, variable: nil, helper: TestHelper.required())
                _ = try cube.read(lines: 0..<32)
            }
            guard case .unreadable = error else {
                Issue.record("\(error.debugDescription)")
                return
            }
        }
    }
}
