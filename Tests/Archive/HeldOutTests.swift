import Archive
import Basics
import Catalog
import Foundation
import TestSupport
import Testing

/// Cubes that a training leaves out, and what they are for.
@Suite struct HeldOutTests {
    let fixture: ArchiveFixture
    let writer: ArchiveWriter

    init() throws {
        fixture = try ArchiveFixture()
        let settings = fixture.path + "/cubevault.toml"
        let text = try String(contentsOfFile: settings, encoding: .utf8)
        let changed = text.replacingOccurrences(
            of: "[training]", with: "[training]\nheld_out_percent = 30.0")
        try Data(changed.utf8).write(to: URL(filePath: settings))
        writer = try fixture.writer()
    }

    private func ingest(_ seeds: ClosedRange<Int>) throws {
        for seed in seeds {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
    }

    @discardableResult
    private func train(from initial: Int? = nil) throws -> BaseReport {
        var options = TrainingOptions()
        options.initialVersion = initial
        return try BaseTrainer(writer).train(options)
    }

    /// The cubes that the latest training learned from.
    private func learned() throws -> Set<String> {
        struct Manifest: Decodable { var cubeNames: [String] }
        let manifest = try #require(try writer.archive.catalog.bases().first).manifest
        return Set(try JSONDecoder().decode(Manifest.self, from: Data(manifest.utf8)).cubeNames)
    }

    private func names() throws -> Set<String> {
        Set(try writer.archive.catalog.search(CubeQuery()).map(\.name))
    }

    @Test func `a cube that is held out stays so whatever arrives, and is measured`() throws {
        try ingest(1...12)
        let base = try train()
        let heldOut = try names().subtracting(learned())
        #expect(!heldOut.isEmpty && heldOut.count < 9)
        #expect(base.heldOutCubeCount == min(8, heldOut.count))
        #expect(try #require(base.heldOutPSNRDecibels) > 0)
        #expect(try #require(base.heldOutBitsPerSample) > 0)
        try ingest(13...30)
        try train()
        #expect(try learned().isDisjoint(with: heldOut))
        let event = try #require(
            try writer.archive.catalog.events().last { $0.action == "train" })
        #expect(event.figures["heldOutPSNRDecibels"] == base.heldOutPSNRDecibels)
        #expect(event.figures["iterationCount"] == 30 && event.figures["seconds"] != nil)
    }

    @Test func `of few cubes none is held out, and what one network learned judges no later one`()
        throws
    {
        try ingest(1...4)
        #expect(try train().heldOutCubeCount == nil)
        let first = try learned()
        #expect(first == (try names()))
        _ = try Rotator(writer).rotate()
        try ingest(5...20)
        try train(from: 1)
        #expect(try learned().isSuperset(of: first))
        let gate = try Rotator(writer).rotate(force: true).gate
        let heldOut = try #require(gate).cubes.filter(\.isHeldOut).map(\.name)
        #expect(!heldOut.isEmpty && first.isDisjoint(with: heldOut))
    }

    @Test func `without a held-out cube there is no drift in PSNR`() throws {
        try ingest(1...4)
        try train()
        _ = try Rotator(writer).rotate()
        #expect(try writer.archive.catalog.latestTrial(of: 1)?.referencePSNRDecibels != nil)
        #expect(try writer.archive.trainingFacts().referencePSNRDecibels == nil)
        try ingest(5...12)
        try train()
        _ = try Rotator(writer).rotate(force: true)
        #expect(try writer.archive.trainingFacts().referencePSNRDecibels != nil)
    }

    @Test func `cubes are new since the latest training, whatever is imported or collected`() throws
    {
        try ingest(1...3)
        try train()
        _ = try Rotator(writer).rotate()
        // The plan's time is in whole seconds.
        Thread.sleep(forTimeInterval: 1.1)
        try ingest(4...5)
        #expect(try writer.archive.trainingFacts().newCubeCount == 2)
        let file = fixture.folder.file("network")
        let other = try ArchiveFixture()
        let otherWriter = try other.writer()
        for seed in 7...8 {
            _ = try Ingestor(otherWriter).ingest(
                IngestRequest(path: other.scene("other-\(seed)", seed: UInt64(seed))))
        }
        _ = try BaseTrainer(otherWriter).train()
        try otherWriter.archive.exportBase(1, to: file, replacing: false)
        _ = try BaseStore(writer).importNetwork(from: file)
        #expect(try writer.archive.trainingFacts().newCubeCount == 2)
        var worse = TrainingOptions()
        worse.iterationLimit = 1
        worse.seed = 9
        let refused = try BaseTrainer(writer).train(worse).version
        #expect(try writer.archive.trainingFacts().newCubeCount == 0)
        try writer.catalog.batch { change in
            try change.setBaseStates([refused: .retired])
            try change.removeBase(refused)
        }
        #expect(try writer.archive.trainingFacts().newCubeCount == 0)
    }
}
