import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct CubeInspectorTests {
    private let folder: TemporaryFolder
    private let inspector = CubeInspector()

    init() throws { folder = try TemporaryFolder() }

    @Test func `a complete pair would be catalogued`() throws {
        let text = ENVIFixture.header(extra: "wavelength = {400, 500, 600, 700, 300}")
        try folder.write("X.hdr", Array(text.utf8))
        try folder.write("X.img", [UInt8](repeating: 0, count: ENVIFixture.binaryByteCount))
        var expected = Inspection(path: folder.file("X.hdr"))
        expected.files = [folder.file("X.img"), folder.file("X.hdr")]
        expected.format = .envi
        expected.geometry = try CubeGeometry(lines: 3, samples: 4, bands: 5)
        expected.sampleType = .int16
        expected.interleave = .bil
        expected.shortestWavelengthNanometers = 300
        expected.longestWavelengthNanometers = 700
        expected.isCatalogued = true
        #expect(inspector.inspect(folder.file("X.hdr")) == expected)
        let coded = try JSONEncoder().encode(expected)
        #expect(try JSONDecoder().decode(Inspection.self, from: coded) == expected)
    }

    @Test func `a truncated pair is described with its reason`() throws {
        try folder.write("X.hdr", Array(ENVIFixture.header().utf8))
        try folder.write("X.img", [0])
        let inspection = inspector.inspect(folder.file("X.img"))
        #expect(inspection.geometry != nil)
        #expect(!inspection.isCatalogued)
        #expect(inspection.reason?.contains("120 bytes, 1 are there") == true)
    }

    @Test func `a NumPy file is described`() throws {
        let cube = try MemoryCubeFixture.small()
        let writer = try NumPyWriter(creating: folder.file("a.npy"), description: cube.description)
        try writer.write(cube.block)
        try writer.finish()
        let inspection = inspector.inspect(folder.file("a.npy"))
        #expect(inspection.isCatalogued)
        #expect(inspection.format == .numpy)
        #expect(inspection.interleave == .bip)
        #expect(inspection.geometry == cube.description.geometry)
    }

    @Test(arguments: ["absent.hdr", ".", "notes.txt", "library.hdr"])
    func `what is no cube has a reason`(name: String) throws {
        try folder.write("notes.txt", [65])
        let library = ENVIFixture.header().replacing("Standard", with: "Spectral Library")
        try folder.write("library.hdr", Array(library.utf8))
        let inspection = inspector.inspect(folder.file(name))
        #expect(!inspection.isCatalogued)
        #expect(inspection.reason?.isEmpty == false)
        #expect(inspection.geometry == nil)
    }
}
