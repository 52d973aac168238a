import Cube
import CubeFiles
import Foundation
import Testing

struct ENVIHeaderTextTests {
    private let full = """
        description = {
        A scene, of two lines
        and a third}
        sensor type = AVIRIS
        acquisition time = 2009-08-20T09:44:50.25Z
        data ignore value = -9999
        map info = {UTM, 1, 1, 380952.37, 5820372.35, 30, 30, 33, North,WGS-84}
        coordinate system string = {PROJCS["UTM_Zone_33N",GEOGCS["GCS_WGS_1984"]]}
        wavelength units = Micrometers
        wavelength = {0.4, 0.5, 0.6, 0.7, 0.8004}
        fwhm = {0.01, 0.01, 0.01, 0.01, 0.02}
        bbl = {1, 1, 0, 1, 1}
        band names = {a, b, c, d, e}
        """

    private func reread(_ cube: CubeDescription, _ layout: ENVIBinaryLayout) throws -> ENVIImage {
        let bytes = ENVIHeaderText(cube, layout: layout).bytes
        return try ENVIImage(ENVIHeader(parsing: bytes, path: "fresh.hdr"))
    }

    @Test func `a fresh header says everything that the source said`() throws {
        let cube = try ENVIFixture.cube(full)
        let layout = ENVIBinaryLayout(
            interleave: .bip, byteOrder: .bigEndian, headerOffsetByteCount: 12)
        let image = try reread(cube, layout)
        #expect(image.description == cube)
        #expect(cube.acquisitionTime != nil && cube.georeference?.bounds != nil)
        #expect(image.interleave == .bip)
        #expect(image.byteOrder == .bigEndian)
        #expect(image.headerOffsetByteCount == 12)
        #expect(image.warnings.isEmpty)
    }

    @Test(arguments: SampleType.allCases)
    func `every type of samples is written`(sampleType: SampleType) throws {
        let cube = CubeDescription(
            geometry: try CubeGeometry(lines: 1, samples: 2, bands: 3), sampleType: sampleType)
        let image = try reread(cube, ENVIBinaryLayout(interleave: .bsq))
        #expect(image.description == cube)
    }

    @Test func `a window's header has its own place and bands`() throws {
        let cube = try ENVIFixture.cube(full).cropped(
            to: CubeWindow(lines: 1..<3, samples: 2..<4), bandIndices: [4, 0])
        let image = try reread(cube, ENVIBinaryLayout(interleave: .bil))
        #expect(image.description.geometry == cube.geometry)
        #expect(image.description.bands.map(\.name) == ["e", "a"])
        let place = try #require(image.description.georeference)
        #expect(place.affineTransform == [381012.37, 30, 0, 5820342.35, 0, -30])
        #expect(place.mapInfo == "UTM, 1, 1, 381012.37, 5820342.35, 30, 30, 33, North, WGS-84")
        #expect(place.bounds != nil)
    }

    @Test func `a rotated window keeps its rotation`() throws {
        let source = try ENVIFixture.cube(
            "map info = {UTM, 1, 1, 7e5, 4e6, 14, 14, 10, North, WGS-84, rotation=-43.0}")
        let cube = try source.cropped(
            to: CubeWindow(lines: 1..<3, samples: 1..<4), bandIndices: [0])
        let fresh = try reread(cube, ENVIBinaryLayout(interleave: .bil)).description
        let affine = try #require(fresh.georeference?.affineTransform)
        let wanted = try #require(cube.georeference?.affineTransform)
        for (found, expected) in zip(affine, wanted) { #expect(abs(found - expected) < 1e-6) }
    }

    @Test(arguments: [
        ("PROJCS[\"WGS 84 / UTM zone 33N\",GEOGCS[\"WGS 84\"]]", "UTM"),
        ("GEOGCS[\"WGS 84\"]", "Geographic Lat/Lon"), ("PROJCS[\"Lambert\"]", "Arbitrary"),
    ])
    func `another format's place becomes map info`(wkt: String, projection: String) throws {
        let affine = [10, 0.1, 0, 20, 0, -0.2]
        let cube = CubeDescription(
            geometry: try CubeGeometry(lines: 1, samples: 2, bands: 1), sampleType: .uint8,
            georeference: Georeference(affineTransform: affine, coordinateSystemWKT: wkt))
        let place = try reread(cube, ENVIBinaryLayout(interleave: .bsq)).description.georeference
        #expect(place?.affineTransform == affine)
        #expect(place?.coordinateSystemWKT == wkt)
        #expect(place?.mapInfo?.hasPrefix(projection + ", 1, 1, 10, 20, 0.1, 0.2") == true)
    }

    @Test func `a sheared transform has no map info`() throws {
        let cube = CubeDescription(
            geometry: try CubeGeometry(lines: 1, samples: 2, bands: 1), sampleType: .uint8,
            georeference: Georeference(affineTransform: [0, 1, 0.5, 0, 0, -1]))
        #expect(!ENVIHeaderText(cube, layout: .init(interleave: .bsq)).text.contains("map info"))
    }

    @Test func `texts that would break a header are tamed`() throws {
        var cube = CubeDescription(
            geometry: try CubeGeometry(lines: 1, samples: 2, bands: 2), sampleType: .uint8,
            sensor: "two\nlines = 7", text: "a } b { c\nbands = 9")
        cube.bands[0].name = "x, y}"
        cube.bands[1].name = "; z"
        let image = try reread(cube, ENVIBinaryLayout(interleave: .bsq))
        #expect(image.description.geometry == cube.geometry)
        #expect(image.description.bands.map(\.name) == ["x  y)", "z"])
        #expect(image.description.sensor == "two lines = 7")
        #expect(image.description.text == "a ) b ( c\nbands = 9")
    }
}
