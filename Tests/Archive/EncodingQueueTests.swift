import Archive
import Basics
import Catalog
import CubeCodec
import Foundation
import TestSupport
import Testing

/// Re-encoding through the work queue: stopping, superseding, cancelling, and what stays as it is.
@Suite struct EncodingQueueTests {
    let fixture: ArchiveFixture

    init() throws {
        fixture = try ArchiveFixture()
        let writer = try fixture.writer()
        for seed in 1...4 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try train(writer, iterations: 20)
        _ = try Rotator(writer).rotate()
    }

    @discardableResult
    private func train(_ writer: ArchiveWriter, iterations: Int) throws -> Int {
        var options = TrainingOptions()
        options.iterationLimit = iterations
        options.initialVersion = try writer.archive.catalog.currentBase()?.version
        return try BaseTrainer(writer).train(options).version
    }

    private func currentBases(_ writer: ArchiveWriter) throws -> [Int?] {
        try writer.archive.catalog.search(CubeQuery(sort: .name)).map(\.baseVersion)
    }

    /// The events that say that a rotation has come to its end.
    private func rotationEnds(_ writer: ArchiveWriter, of version: Int) throws -> [EventRecord] {
        try writer.archive.catalog.events(objectKind: "base", objectID: String(version)).filter {
            $0.action == "rotate" && $0.figures["flippedCubeCount"] != nil && $0.outcome == .done
        }
    }

    private func states(_ writer: ArchiveWriter) throws -> [RotationState] {
        try writer.archive.catalog.rotations().map(\.state)
    }

    @Test func `a rotation that pauses for long goes on where it was, cube by cube`() throws {
        do {
            let writer = try fixture.writer()
            let new = try train(writer, iterations: 300)
            let report = try Rotator(writer).begin(to: new, force: true)
            #expect(report.pendingCubeCount == 4)
            #expect(try currentBases(writer) == [1, 1, 1, 1])
            _ = try #require(try EncodingQueue(writer).performNext())
            #expect(try writer.archive.catalog.encodingWorkCounts() == [.again: 3])
            let status = try #require(try writer.archive.status().rotation)
            #expect(status.state == "running" && status.remainingCubeCount == 3)
        }
        #expect(try fixture.check().isSound)
        let later = try ArchiveWriter(opening: fixture.path) {
            Date().addingTimeInterval(40 * 86_400)
        }
        let queue = EncodingQueue(later)
        while try queue.performNext() != nil {}
        #expect(try states(later) == [.done, .done])
        #expect(try later.archive.status().pendingLatentCount == 0)
        let count = try currentBases(later).filter { $0 == 2 }.count
        #expect(count > 0)
        #expect(try Rotator(later).rollback().restoredCubeCount == count)
        #expect(try currentBases(later) == [1, 1, 1, 1])
        #expect(try fixture.check().isSound)
    }

    @Test func `a newer base supersedes a running rotation, and a rollback returns to its middle`()
        throws
    {
        let writer = try fixture.writer()
        let second = try train(writer, iterations: 300)
        _ = try Rotator(writer).begin(to: second, force: true)
        _ = try EncodingQueue(writer).performNext()
        let middle = try currentBases(writer)
        let third = try train(writer, iterations: 300)
        let report = try Rotator(writer).rotate(to: third, force: true)
        #expect(report.cubes.count == 4)
        #expect(try states(writer) == [.done, .superseded, .done])
        #expect(try writer.archive.catalog.encodingWorkCounts().isEmpty)
        _ = try Rotator(writer).rollback()
        #expect(try currentBases(writer) == middle)
        #expect(try writer.archive.catalog.currentBase()?.version == second)
        #expect(try states(writer) == [.rolledBack, .running, .done])
        let queue = EncodingQueue(writer)
        while try queue.performNext() != nil {}
        #expect(try states(writer) == [.rolledBack, .done, .done])
        _ = try Rotator(writer).rollback()
        #expect(try currentBases(writer) == [1, 1, 1, 1])
        #expect(try writer.archive.catalog.currentBase()?.version == 1)
        #expect(try fixture.check().isSound)
    }

    @Test func `a cancelled rotation keeps what it switched and goes on when asked`() throws {
        let writer = try fixture.writer()
        let second = try train(writer, iterations: 300)
        _ = try Rotator(writer).begin(to: second, force: true)
        _ = try EncodingQueue(writer).performNext()
        let middle = try currentBases(writer)
        #expect(try Rotator(writer).cancel().pendingCubeCount == 0)
        #expect(try EncodingQueue(writer).performNext() == nil)
        #expect(try currentBases(writer) == middle)
        #expect(try states(writer).first == .cancelled)
        #expect(throws: ArchiveError.self) { try Rotator(writer).cancel() }
        let late = try Ingestor(writer).ingest(
            IngestRequest(path: fixture.scene("late", seed: 9)))
        #expect(try LatentUpdater(writer).encodePending().map(\.id) == [late.id])
        let report = try Rotator(writer).rotate()
        #expect(report.gate == nil && report.cubes.count == 3)
        #expect(try states(writer).first == .done)
    }

    @Test func `a cube whose samples are damaged fails alone and keeps its latent`() throws {
        let writer = try fixture.writer()
        let victim = try writer.archive.catalog.search(CubeQuery(sort: .name))[0]
        let blob = try #require(try writer.archive.catalog.cube(victim.id).exactBlob)
        let path = ArchiveFixture.path(ofBlob: blob, in: fixture.path)
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 3] ^= 0xFF
        let second = try train(writer, iterations: 300)
        try bytes.write(to: URL(filePath: path))
        let report = try Rotator(writer).rotate(to: second, force: true)
        #expect(report.cubes.filter { $0.outcome == .failed }.map(\.id) == [victim.id])
        #expect(report.cubes.count == 4)
        #expect(try currentBases(writer)[0] == 1)
        #expect(try states(writer).first == .done)
        #expect(try rotationEnds(writer, of: second).count == 1)
        #expect(try writer.archive.catalog.jobs(state: .failed).count == 1)
        #expect(
            try writer.archive.catalog.events(for: victim.id).contains { $0.outcome == .failed })
    }

    @Test func `where the last cube to be tried fails, the rotation's end is recorded`() throws {
        let writer = try fixture.writer()
        let second = try train(writer, iterations: 300)
        _ = try Rotator(writer).begin(to: second, force: true)
        let queue = EncodingQueue(writer)
        for _ in 1...3 { _ = try queue.performNext() }
        #expect(try rotationEnds(writer, of: second).isEmpty)
        try writer.catalog.batch { change in
            for base in try change.queries.bases() where base.version == second {
                for job in try change.queries.jobs(state: .queued) {
                    let id = try #require(SHA256Digest(hexadecimal: job.subject))
                    try change.deleteEncoding(of: id, base: second)
                }
            }
        }
        let name = try writer.archive.catalog.base(second).digest
        try FileManager.default.removeItem(
            atPath: ArchiveFixture.path(ofBlob: name, in: fixture.path))
        #expect(try EncodingQueue(writer).performNext()?.outcome == .failed)
        #expect(try rotationEnds(writer, of: second).count == 1)
        #expect(try states(writer).first == .done)
    }

    @Test func `a cube that a newer base overtakes, and a rotation with no cubes, are recorded`()
        throws
    {
        let writer = try fixture.writer()
        let second = try train(writer, iterations: 300)
        _ = try Rotator(writer).begin(to: second, force: true)
        let job = try #require(try writer.archive.catalog.jobs(state: .queued).first)
        let id = try #require(SHA256Digest(hexadecimal: job.subject))
        // The catalog alone: the job is left, as one in hand would be.
        try writer.catalog.batch { try $0.setBaseStates([second: .retired, 1: .current]) }
        while try EncodingQueue(writer).performNext() != nil {}
        let skipped = try writer.archive.catalog.events(for: id).first
        #expect(skipped?.action == "encode" && skipped?.outcome == .skipped)
        let other = try ArchiveFixture()
        let empty = try other.writer()
        let file = fixture.folder.file("network")
        try writer.archive.exportBase(1, to: file, replacing: false)
        _ = try BaseStore(empty).importNetwork(from: file)
        let imported = try empty.archive.catalog.events().first
        #expect(imported?.action == "import" && (imported?.figures["parameterCount"] ?? 0) > 0)
        _ = try Rotator(empty).rotate(to: 1, force: true)
        #expect(try rotationEnds(empty, of: 1).first?.message == "there was no cube to try")
    }

    @Test func `a cube that finds the disk full is tried again later`() throws {
        var operations = FileOperations.real
        operations.reached = {
            guard $0 == RotationStep.encodingMeasured else { return }
            throw CatalogError.diskFull(path: "catalog.sqlite")
        }
        let writer = try fixture.writer(operations: operations)
        _ = try Ingestor(writer).ingest(IngestRequest(path: fixture.scene("new", seed: 8)))
        let queue = EncodingQueue(writer)
        try queue.planNewCubes()
        #expect(try queue.performNext()?.outcome == .failed)
        #expect(try queue.performNext() == nil, "it waits")
        let waiting = try writer.archive.catalog.jobs(state: .queued)
        #expect(waiting.count == 1 && waiting[0].availableAt > Date())
        let damaged = CatalogError.damaged(path: "catalog.sqlite", reason: "torn")
        #expect(damaged.mustEndTheProcess && !damaged.isFullDisk)
        #expect(!CatalogError.diskFull(path: "catalog.sqlite").mustEndTheProcess)
    }

    @Test func `an encoding that was staged before a crash is not made again`() throws {
        do {
            let writer = try fixture.writer(operations: .crashing(at: RotationStep.encodingStaged))
            let second = try train(writer, iterations: 300)
            _ = try Rotator(writer).begin(to: second, force: true)
            // The trial has staged all four already; a fifth cube has to be encoded.
            _ = try Ingestor(writer).ingest(IngestRequest(path: fixture.scene("new", seed: 8)))
            let queue = EncodingQueue(writer)
            try queue.planNewCubes()
            #expect(throws: StagedCrash.self) { try queue.performNext([.first]) }
        }
        let writer = try fixture.writer(operations: .crashing(at: RotationStep.encodingMeasured))
        let queue = EncodingQueue(writer)
        var outcomes: [EncodingReport.Outcome] = []
        while let report = try queue.performNext() { outcomes.append(report.outcome) }
        #expect(outcomes.count == 5 && outcomes.contains(.encoded))
        #expect(try fixture.check().isSound)
    }

    @Test func `a cube without exact samples stays on its base for ever, which keeps the base`()
        throws
    {
        let writer = try fixture.writer()
        let light = try Ingestor(writer).ingest(
            IngestRequest(
                path: fixture.scene("light", seed: 7), fidelity: .latent, discardsExact: true))
        _ = try LatentUpdater(writer).encodePending()
        for _ in 2...3 {
            let next = try train(writer, iterations: 300)
            _ = try Rotator(writer).rotate(to: next, force: true)
        }
        #expect(try writer.archive.catalog.currentEncoding(of: light.id)?.baseVersion == 1)
    }
}
