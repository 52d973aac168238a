import Archive
import Basics
import Catalog
import Foundation
import TestSupport
import Testing

/// The gate in front of a candidate: what it measures, refuses and records.
@Suite struct GateTests {
    let fixture: ArchiveFixture
    let writer: ArchiveWriter

    /// Three cubes and a base network that has learnt them.
    init() throws {
        fixture = try ArchiveFixture()
        writer = try fixture.writer()
        for seed in 1...3 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try train(iterations: 200)
        _ = try Rotator(writer).rotate()
    }

    @discardableResult
    private func train(iterations: Int, from initial: Int? = nil, seed: UInt64 = 1) throws -> Int {
        var options = TrainingOptions()
        options.iterationLimit = iterations
        options.initialVersion = initial
        options.seed = seed
        return try BaseTrainer(writer).train(options).version
    }

    private func currentLatents() throws -> [SHA256Digest: [UInt8]] {
        let catalog = writer.archive.catalog
        return try catalog.search(CubeQuery()).reduce(into: [:]) { latents, cube in
            latents[cube.id] = try catalog.currentEncoding(of: cube.id)?.latent
        }
    }

    private func events(_ action: ArchiveAction) throws -> [EventRecord] {
        try writer.archive.catalog.events().filter { $0.action == action.rawValue }
    }

    @Test func `a worse candidate is refused, recorded as such, and changes nothing`() throws {
        let before = try currentLatents()
        let worse = try train(iterations: 1, seed: 9)
        let report = try Rotator(writer).rotate()
        #expect(report.isRefused)
        #expect(report.newVersion == worse)
        let gate = try #require(report.gate)
        #expect(!gate.objections.isEmpty)
        #expect(gate.cubes.count == 3 && gate.worseCubeCount > 0)
        #expect(try #require(gate.oldPSNRDecibels) > #require(gate.newPSNRDecibels))
        #expect(try #require(gate.oldBitsPerSample) > 0 && #require(gate.newBitsPerSample) > 0)
        #expect(try writer.archive.catalog.currentBase()?.version == 1)
        #expect(try writer.archive.catalog.base(worse).state == .retired)
        #expect(try currentLatents() == before)
        let event = try #require(try events(.gate).first)
        #expect(event.outcome == .refused)
        #expect(event.figures["version"] == Double(worse))
        #expect(try #require(event.figures["gainDecibels"]) < 0)
        #expect(try fixture.check().isSound)
    }

    @Test func `a worse candidate that is forced in leaves every cube its old encoding`() throws {
        let before = try currentLatents()
        let worse = try train(iterations: 1, seed: 9)
        let report = try Rotator(writer).rotate(to: worse, force: true)
        #expect(!report.isRefused)
        #expect(report.keptCubeCount == 3 && report.flippedCubeCount == 0)
        #expect(try writer.archive.catalog.currentBase()?.version == worse)
        #expect(try currentLatents() == before)
        let rotation = try #require(try writer.archive.catalog.latestRotation())
        #expect(rotation.isForced && rotation.state == .done)
        #expect(try writer.archive.catalog.latestTrial(of: worse)?.outcome == .forced)
        #expect(try events(.gate).first?.message?.contains("forced") == true)
        #expect(try events(.keep).count == 3)
        _ = try Rotator(writer).rollback()
        #expect(try writer.archive.catalog.currentBase()?.version == 1)
        #expect(try currentLatents() == before)
        #expect(try fixture.check().isSound)
    }

    @Test func `a better candidate wins, and a rollback restores every latent bit for bit`() throws
    {
        let before = try currentLatents()
        let better = try train(iterations: 600, from: 1)
        let report = try Rotator(writer).rotate()
        #expect(!report.isRefused, "\(report.gate?.objections ?? [])")
        #expect(report.flippedCubeCount > 0)
        #expect(try currentLatents() != before)
        #expect(try events(.flip).count == report.flippedCubeCount)
        let rollback = try Rotator(writer).rollback()
        #expect(rollback.oldVersion == better && rollback.newVersion == 1)
        #expect(rollback.restoredCubeCount == report.flippedCubeCount)
        #expect(try currentLatents() == before)
        #expect(throws: ArchiveError.self) { try Rotator(writer).rollback() }
        let again = try Rotator(writer).rotate(to: better)
        #expect(again.flippedCubeCount == report.flippedCubeCount)
        #expect(try fixture.check().isSound)
    }

    @Test func `a dry run reports and changes nothing`() throws {
        let candidate = try train(iterations: 1, seed: 9)
        let before = try Data(contentsOf: URL(filePath: fixture.path + "/catalog.sqlite-wal"))
        let report = try Archive(opening: fixture.path).tryCandidate()
        #expect(report.version == candidate && !report.isWon)
        #expect(report.cubes.count == 3)
        #expect(
            try Data(contentsOf: URL(filePath: fixture.path + "/catalog.sqlite-wal")) == before)
        #expect(try writer.archive.catalog.latestTrial(of: candidate) == nil)
    }
}
