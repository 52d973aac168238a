import Archive
import Basics
import Catalog
import Cube
import CubeCodec
import Foundation
import TestSupport
import Testing

@Suite struct IngestTests {
    let fixture: ArchiveFixture

    init() throws { fixture = try ArchiveFixture() }

    @Test func `an ingested ENVI pair comes back byte for byte`() throws {
        for interleave in Interleave.allCases {
            let binary = try fixture.scene("scene-\(interleave)", interleave: interleave)
            let report = try Ingestor(fixture.writer()).ingest(IngestRequest(path: binary))
            #expect(report.outcome == .added)
            var request = RestoreRequest()
            request.output = fixture.folder.file("restored-\(interleave)/")
            let archive = try Archive(opening: fixture.path)
            let restored = try Restorer(archive).restore(report.id, request)
            #expect(restored.format == .original)
            #expect(restored.files.count == 2)
            for file in restored.files {
                let name = (file.path as NSString).lastPathComponent
                let source = try Data(contentsOf: URL(filePath: fixture.folder.file(name)))
                #expect(try Data(contentsOf: URL(filePath: file.path)) == source)
                #expect(file.equalsSource == true)
            }
        }
        #expect(try fixture.check().isSound)
    }

    @Test func `the same file dropped twice is one cube, whatever it is called`() throws {
        let binary = try fixture.scene("one")
        let writer = try fixture.writer()
        let first = try Ingestor(writer).ingest(IngestRequest(path: binary))
        let copy = fixture.folder.file("two.img")
        try FileManager.default.copyItem(atPath: binary, toPath: copy)
        try FileManager.default.copyItem(
            atPath: fixture.folder.file("one.hdr"), toPath: fixture.folder.file("two.hdr"))
        let second = try Ingestor(writer).ingest(IngestRequest(path: copy))
        #expect(second.outcome == .duplicate)
        #expect(second.id == first.id)
        #expect(try writer.archive.status().cubeCount == 1)
    }

    @Test func `a window of some bands equals the same crop of the source`() throws {
        let binary = try fixture.scene("scene", lines: 20)
        let writer = try fixture.writer()
        let report = try Ingestor(writer).ingest(IngestRequest(path: binary))
        let window = CubeWindow(lines: 3..<9, samples: 2..<7)
        let exact = try writer.archive.samples(
            of: writer.archive.catalog.cube(report.id), from: .exact)
        let crop = try exact.source.read(window, bandIndices: [5, 0, 19])
        let source = try MemoryCube(reading: SceneReader(path: binary))
        #expect(crop == (try source.read(window, bandIndices: [5, 0, 19])))
    }

    @Test func `an error bound holds for every sample and is recorded`() throws {
        let binary = try fixture.scene("scene", lines: 20)
        let writer = try fixture.writer()
        let report = try Ingestor(writer).ingest(
            IngestRequest(path: binary, fidelity: .maximumError(3)))
        let cube = try writer.archive.catalog.cube(report.id)
        #expect(cube.maximumAbsoluteError > 0 && cube.maximumAbsoluteError <= 3)
        let decoded = try writer.archive.exactSource(of: cube).read(lines: 0..<20).doubles()
        let source = try SceneReader(path: binary).read(lines: 0..<20).doubles()
        #expect(zip(decoded, source).allSatisfy { abs($0 - $1) <= 3 })
        #expect(decoded != source)
        var request = RestoreRequest()
        request.format = .original
        #expect(throws: ArchiveError.self) {
            try Restorer(writer.archive).restore(report.id, request)
        }
    }

    @Test func `fidelity latent is refused unless giving up the exact samples is agreed to`() throws
    {
        let binary = try fixture.scene("scene")
        let writer = try fixture.writer()
        #expect(throws: ArchiveError.self) {
            try Ingestor(writer).ingest(IngestRequest(path: binary, fidelity: .latent))
        }
        #expect(try writer.archive.status().cubeCount == 0)
    }

    @Test(
        arguments: [
            "blob.temporary-written", "blob.temporary-synchronized", "blob.temporary-verified",
            "blob.renamed", "blob.folder-synchronized", "ingest.before-commit", "ingest.committed",
        ])
    func `a crash at any step of an ingest leaves a sound archive, and trying again works`(
        step: String
    ) throws {
        let binary = try fixture.scene("scene")
        do {
            let writer = try fixture.writer(operations: .crashing(at: step))
            #expect(throws: StagedCrash.self) {
                try Ingestor(writer).ingest(IngestRequest(path: binary))
            }
        }
        #expect(try fixture.check().isSound)
        let report = try Ingestor(fixture.writer()).ingest(IngestRequest(path: binary))
        #expect(report.outcome == (step == "ingest.committed" ? .duplicate : .added))
        let check = try fixture.check()
        #expect(check.isSound && check.cubeCount == 1)
    }

    @Test func `a failed fsync is reported as such and stores nothing`() throws {
        let binary = try fixture.scene("scene")
        var operations = FileOperations.real
        operations.synchronizeFile = {
            throw BasicsError.syncFailed(path: $0.path, errorNumber: EIO)
        }
        let writer = try fixture.writer(operations: operations)
        #expect {
            try Ingestor(writer).ingest(IngestRequest(path: binary))
        } throws: { error in
            if case BasicsError.syncFailed = error { true } else { false }
        }
        #expect(try writer.archive.status().cubeCount == 0)
    }

    @Test func `a stop request leaves nothing half-stored`() throws {
        let binary = try fixture.scene("scene")
        let stop = StopToken()
        stop.request()
        let writer = try fixture.writer()
        #expect(throws: BasicsError.stopped) {
            try Ingestor(writer).ingest(IngestRequest(path: binary), stop: stop)
        }
        #expect(try writer.archive.status().cubeCount == 0)
    }
}
