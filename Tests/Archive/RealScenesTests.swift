import Archive
import Basics
import Catalog
import Cube
import CubeCodec
import CubeFiles
import Foundation
import TestSupport
import Testing

/// The README's scenes, each by the file that a user would name.
private struct RealScene: Sendable, CustomTestStringConvertible {
    let path: String
    var variable: String?
    var testDescription: String { path }

    /// Every scene of every folder; netCDF's several variables need a name.
    static let all: [RealScene] = {
        guard RealScenes.areHere else { return [] }
        let folders = [
            "jasper-ridge", "samson", "salinas-a", "abu", "pavia-centre", "enmap-potsdam",
            "emit-raw", "hymap-berlin", "enmap-berlin-sim", "aviris-ng", "m3", "emit-netcdf",
            "corn-kernel", "derived",
        ]
        return folders.flatMap { folder -> [RealScene] in
            // A folder that is missing makes the count of scenes wrong, which a test checks.
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: RealScenes.path(folder))
            return (names ?? []).filter { !$0.hasSuffix(".hdr") }.sorted().map { name in
                RealScene(
                    path: folder + "/" + name, variable: name.hasSuffix(".nc") ? "/mask" : nil)
            }
        }
    }()
}

@Suite(.enabled(if: RealScenes.areHere, RealScenes.absence), .serialized)
struct RealScenesTests {
    @Test func `all scenes are listed`() {
        #expect(RealScene.all.count == 37)
    }

    @Test(arguments: RealScene.all)
    fileprivate func `a real scene comes back exactly, whole, in part, and as its source files`(
        scene: RealScene
    ) throws {
        let fixture = try ArchiveFixture()
        let path = RealScenes.path(scene.path)
        let opener = CubeOpener(temporaryFolder: fixture.folder.path)
        let set = try opener.fileSet(for: path)
        if set.format == .gdal, GDALHelper.locate() == nil { return }
        let writer = try fixture.writer()
        let report = try Ingestor(writer).ingest(
            IngestRequest(path: path, variable: scene.variable))
        let found = try writer.archive.catalog.search(CubeQuery(idPrefix: report.id.hexadecimal))
        #expect(found.map(\.id) == [report.id])

        let cube = try writer.archive.catalog.cube(report.id)
        let exact = try writer.archive.exactSource(of: cube)
        let source = try opener.open(set, variable: scene.variable).source
        let whole = try source.read(lines: 0..<cube.description.geometry.lines)
        #expect(try exact.read(lines: 0..<cube.description.geometry.lines) == whole)

        let geometry = cube.description.geometry
        let window = CubeWindow(
            lines: min(20, geometry.lines - 1)..<min(36, geometry.lines),
            samples: min(10, geometry.samples - 1)..<min(26, geometry.samples))
        let bands = [5, 50].map { min($0, geometry.bands - 1) }
        #expect(
            try exact.read(window, bandIndices: bands)
                == whole.cropped(to: window, bandIndices: bands))

        var request = RestoreRequest()
        request.format = .original
        request.output = fixture.folder.file("restored/")
        let restored = try Restorer(writer.archive).restore(report.id, request)
        for (file, original) in zip(restored.files, set.files) {
            let copy = try Data(contentsOf: URL(filePath: file.path))
            #expect(try copy == Data(contentsOf: URL(filePath: original.path)))
        }
        #expect(restored.files.count == set.files.count)
    }
}
