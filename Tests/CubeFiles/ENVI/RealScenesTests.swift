import Basics
import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: RealScenes.areHere, RealScenes.absence))
struct RealScenesTests {
    @Test(arguments: [
        "jasper-ridge/jasperRidge2_F224.img", "salinas-a/SalinasA_corrected.img",
        "emit-raw/emit20220305t002444_subset_raw",
        "hymap-berlin/HyMap02_Berlin_Urban_Gradient_2009.bsq",
        "enmap-berlin-sim/EnMAP02_Berlin_Urban_Gradient_2009.bsq",
        "aviris-ng/ang20160910t185702_2rdn_img",
        "aviris-ng/ang20160910t185702_obs_ortdem_mod",
        "corn-kernel/corn-kernel-hyperspectral.raw",
    ])
    func `a real scene is rebuilt byte for byte`(scene: String) throws {
        let opener = CubeOpener()
        let set = try opener.fileSet(for: RealScenes.path(scene))
        let opened = try opener.open(set)
        let memory = try MemoryCube(
            description: opened.source.description,
            bytes: opened.source.read(lines: 0..<opened.source.description.geometry.lines).bytes)
        let folder = try TemporaryFolder()
        try rebuild(opened, at: folder.file("copy"), from: memory)
        #expect(
            try SHA256Hasher.digest(ofFile: folder.file("copy"))
                == SHA256Hasher.digest(ofFile: RealScenes.path(scene)))
        let header = try #require(set.headerPath)
        #expect(try opened.headerBytes == Array(Data(contentsOf: URL(filePath: header))))
        #expect(try opener.fileSet(for: header) == set)
    }

    @Test func `a compressed scene is inflated and has no layout to rebuild`() throws {
        let name = "enmap-berlin-sim/EnMAP02_Berlin_Urban_Gradient_2009_testData_compressed"
        let folder = try TemporaryFolder()
        let opener = CubeOpener(temporaryFolder: folder.path)
        let opened = try opener.open(opener.fileSet(for: RealScenes.path(name + ".hdr")))
        #expect(opened.binaryLayout == nil)
        #expect(opened.warnings.isEmpty)
        let cube = opened.source.description
        #expect(cube.geometry.description == "80 lines x 60 samples x 244 bands")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        let block = try opened.source.read(lines: 0..<80)
        let digest = SHA256Hasher.digest(of: block.bytes)
        #expect(try digest == inflatedDigest(RealScenes.path(name + ".bsq")))
        #expect(cube.nodataValue == -1)
    }

    @Test func `a Jasper Ridge pixel has the samples of its array`() throws {
        let opener = CubeOpener()
        let envi = try opener.open(
            opener.fileSet(for: RealScenes.path("jasper-ridge/jasperRidge2_F224.hdr")))
        let array = try opener.open(
            opener.fileSet(for: RealScenes.path("derived/jasper_ridge_100x100x224_u16.npy")))
        #expect(envi.source.description.sampleType == .int16)
        #expect(array.source.description.sampleType == .uint16)
        let samples = try envi.source.read(lines: 0..<100).doubles()
        #expect(try array.source.read(lines: 0..<100).doubles() == samples)
    }

    @Test func `headers of real scenes give wavelengths, times and places`() throws {
        func cube(_ path: String) throws -> CubeDescription {
            try ENVIImage(ENVIHeader(readingFrom: RealScenes.path(path))).description
        }
        let jasper = try cube("jasper-ridge/jasperRidge2_F224.hdr")
        #expect(jasper.wavelengthsNanometers?.first == 369.850006)
        let emit = try cube("emit-raw/emit20220305t002444_subset_raw.hdr")
        #expect(emit.acquisitionTime == Date(timeIntervalSince1970: 1_646_439_884))
        let aviris = try cube("aviris-ng/ang20160910t185702_2rdn_img.hdr")
        #expect(aviris.wavelengthsNanometers?.first == 376.44)
        #expect(aviris.nodataValue == -9999)
        let bounds = try #require(aviris.georeference?.bounds)
        #expect(abs(bounds.west + 118.598907716477) < 1e-9)
        #expect(abs(bounds.north - 34.4547) < 1e-4)
        #expect(bounds.south < bounds.north && bounds.west < bounds.east)
        #expect(aviris.georeference?.coordinateSystemWKT?.hasPrefix("PROJCS") == true)
    }

    /// The digest of a gzip file's contents, by gzip's own program.
    private func inflatedDigest(_ path: String) throws -> SHA256Digest {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = Array(try pipe.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        return SHA256Hasher.digest(of: bytes)
    }
}
