import Archive
import Basics
import Catalog
import Cube
import CubeCodec
import Foundation
import TestSupport
import Testing

@Suite struct RotationTests {
    let fixture: ArchiveFixture

    init() throws {
        fixture = try ArchiveFixture()
        let ingestor = Ingestor(try fixture.writer())
        for seed in 1...3 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try ingestor.ingest(IngestRequest(path: binary))
        }
    }

    private func train(_ writer: ArchiveWriter, seed: UInt64 = 1) throws -> BaseReport {
        var options = TrainingOptions()
        options.seed = seed
        return try BaseTrainer(writer).train(options)
    }

    @Test func `a cube's latent is pending until a base network has encoded it`() throws {
        let writer = try fixture.writer()
        #expect(try writer.archive.status().pendingLatentCount == 3)
        let id = try writer.archive.catalog.search(CubeQuery())[0].id
        var request = RestoreRequest()
        request.source = .latent
        #expect {
            try Restorer(writer.archive).restore(id, request)
        } throws: { "\($0)".contains("pending") }
        let base = try train(writer)
        #expect(base.state == "candidate")
        let report = try Rotator(writer).rotate()
        #expect(report.newVersion == base.version)
        #expect(report.flippedCubeCount == 3)
        #expect(try writer.archive.status().pendingLatentCount == 0)
        for cube in try writer.archive.catalog.search(CubeQuery()) {
            let encoding = try #require(try writer.archive.catalog.currentEncoding(of: cube.id))
            #expect(try #require(encoding.quality.psnrDecibels) > 5)
            #expect(encoding.latent.count < 100)
        }
        #expect(try fixture.check().isSound)
    }

    @Test func `a latent restores to any window and bands, the same as the whole`() throws {
        let writer = try fixture.writer()
        _ = try train(writer)
        _ = try Rotator(writer).rotate()
        let cube = try writer.archive.catalog.cube(
            writer.archive.catalog.search(CubeQuery())[0].id)
        let latent = try writer.archive.samples(of: cube, from: .latent).source
        let whole = try MemoryCube(reading: latent)
        let window = CubeWindow(lines: 2..<5, samples: 1..<9)
        #expect(
            try latent.read(window, bandIndices: [7, 3])
                == (try whole.read(window, bandIndices: [7, 3])))
    }

    @Test func `a rotation keeps whatever is better, and a rollback restores what was`() throws {
        let writer = try fixture.writer()
        _ = try train(writer)
        _ = try Rotator(writer).rotate()
        let before = try currentLatents(writer)
        let second = try train(writer, seed: 2)
        let report = try Rotator(writer).rotate(to: second.version, force: true)
        #expect(report.oldVersion == 1 && report.newVersion == 2)
        #expect(report.cubes.count == 3)
        for cube in report.cubes {
            let encoding = try #require(try writer.archive.catalog.currentEncoding(of: cube.id))
            #expect(encoding.baseVersion == (cube.outcome == .improved ? 2 : 1))
        }
        let rollback = try Rotator(writer).rollback()
        #expect(rollback.newVersion == 1)
        #expect(try currentLatents(writer) == before)
        #expect(try writer.archive.catalog.currentBase()?.version == 1)
        #expect(try fixture.check().isSound)
    }

    @Test(
        arguments: [
            RotationStep.trialRecorded, RotationStep.rotationBegun, RotationStep.encodingSettled,
        ])
    func `a crash in mid-rotation is completed by the next call`(step: String) throws {
        do {
            let writer = try fixture.writer()
            _ = try train(writer)
        }
        do {
            let writer = try fixture.writer(operations: .crashing(at: step))
            #expect(throws: StagedCrash.self) { try Rotator(writer).rotate() }
        }
        #expect(try fixture.check().isSound)
        let writer = try fixture.writer()
        _ = try Rotator(writer).rotate()
        #expect(try writer.archive.status().pendingLatentCount == 0)
        #expect(try fixture.check().isSound)
    }

    @Test func `an interrupted training leaves a checkpoint and resumes on the same cubes`() throws
    {
        let writer = try fixture.writer()
        let stop = StopToken()
        // Long enough that the first report of progress, after a second, comes before the end.
        var options = TrainingOptions()
        options.iterationLimit = 1500
        #expect(throws: BasicsError.stopped) {
            try BaseTrainer(writer).train(options, stop: stop) { report in
                if report.activity == "training" { stop.request() }
            }
        }
        #expect(try BaseTrainer(writer).isInterrupted)
        for change: (inout TrainingOptions) -> Void in [
            { $0.seed = 7 }, { $0.iterationLimit = 10 }, { $0.timeLimitSeconds = 5 },
            { $0.family = "other" }, { $0.initialVersion = 3 },
        ] {
            var other = TrainingOptions()
            change(&other)
            #expect {
                try BaseTrainer(writer).train(other)
            } throws: { "\($0)".contains("--restart") }
        }
        _ = try Ingestor(writer).ingest(
            IngestRequest(path: fixture.scene("late-comer", seed: 9)))
        let base = try BaseTrainer(writer).train()
        #expect(base.trainingCubeCount == 3)
        #expect(base.iterationCount == 1500)
        #expect(try !BaseTrainer(writer).isInterrupted)
    }

    @Test func `a base network can be taken to another archive and back`() throws {
        let writer = try fixture.writer()
        let base = try train(writer)
        let file = fixture.folder.file("base.cvbase")
        try writer.archive.exportBase(base.version, to: file, replacing: false)
        let other = try ArchiveFixture()
        let imported = try BaseStore(other.writer()).importNetwork(from: file)
        #expect(imported.digest == base.digest)
        var bytes = Array(try Data(contentsOf: URL(filePath: file)))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(filePath: file))
        #expect(throws: (any Error).self) {
            try BaseStore(other.writer()).importNetwork(from: file)
        }
        #expect(try Archive(opening: other.path).baseReports().count == 1)
    }

    @Test func `fidelity latent gives up the exact samples once the latent is there`() throws {
        let writer = try fixture.writer()
        _ = try train(writer)
        _ = try Rotator(writer).rotate()
        let report = try Ingestor(writer).ingest(
            IngestRequest(
                path: fixture.scene("browse-only", seed: 4), fidelity: .latent,
                discardsExact: true))
        #expect(try writer.archive.catalog.cube(report.id).exactBlob != nil)
        _ = try LatentUpdater(writer).encodePending()
        #expect(try writer.archive.catalog.cube(report.id).exactBlob == nil)
        var request = RestoreRequest()
        request.source = .exact
        #expect(throws: ArchiveError.self) {
            try Restorer(writer.archive).restore(report.id, request)
        }
        let again = try train(writer, seed: 3)
        _ = try Rotator(writer).rotate(to: again.version, force: true)
        let encoding = try writer.archive.catalog.currentEncoding(of: report.id)
        #expect(encoding?.baseVersion == 1)
        #expect(try fixture.check().isSound)
    }

    private func currentLatents(_ writer: ArchiveWriter) throws -> [SHA256Digest: [UInt8]] {
        var latents: [SHA256Digest: [UInt8]] = [:]
        for cube in try writer.archive.catalog.search(CubeQuery()) {
            latents[cube.id] = try writer.archive.catalog.currentEncoding(of: cube.id)?.latent
        }
        return latents
    }
}
