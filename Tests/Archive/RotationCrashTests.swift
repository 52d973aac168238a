import Archive
import Basics
import Catalog
import Cube
import CubeCodec
import Foundation
import TestSupport
import Testing

/// kill -9 at every named step of a network's life.
@Suite struct RotationCrashTests {
    let fixture: ArchiveFixture

    init() throws {
        fixture = try ArchiveFixture()
        // A canary of one leaves the other cube to be encoded by the queue.
        let settings = fixture.path + "/cubevault.toml"
        let text = try String(contentsOfFile: settings, encoding: .utf8)
        try Data((text + "\n[rotation]\ncanary_cube_count = 1\n").utf8).write(
            to: URL(filePath: settings))
        let writer = try fixture.writer()
        for seed in 1...2 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try BaseTrainer(writer).train()
        _ = try Rotator(writer).rotate()
        _ = try Ingestor(writer).ingest(
            IngestRequest(
                path: fixture.scene("light", seed: 3), fidelity: .latent, discardsExact: true))
    }

    /// Gives the cube of which only the latent shall be kept its latent, and crashes before the
    /// exact samples go.
    private func crashBeforeDiscard() throws {
        let writer = try fixture.writer(operations: .crashing(at: RotationStep.encodingSettled))
        #expect(throws: StagedCrash.self) { try LatentUpdater(writer).encodePending() }
        let light = try writer.archive.catalog.cube(writer.archive.catalog.resolve("light"))
        #expect(light.exactBlob != nil)
    }

    /// Every cube's exact samples equal those of its source file.
    private func requireExactSamples() throws {
        let archive = try Archive(opening: fixture.path)
        let cubes = try archive.catalog.search(CubeQuery(sort: .name))
            .filter { $0.name != "light" }
        #expect(cubes.map(\.name).sorted() == ["scene-1", "scene-2"])
        for summary in cubes {
            let exact = try archive.exactSource(of: archive.catalog.cube(summary.id))
            let source = try SceneReader(path: fixture.folder.file(summary.name + ".img"))
            #expect(try MemoryCube(reading: exact) == MemoryCube(reading: source))
        }
    }

    private func currentLatents() throws -> [SHA256Digest: [UInt8]] {
        let catalog = try Archive(opening: fixture.path).catalog
        return try catalog.search(CubeQuery()).reduce(into: [:]) { latents, cube in
            latents[cube.id] = try catalog.currentEncoding(of: cube.id)?.latent
        }
    }

    @Test(arguments: RotationStep.all)
    func `a kill at any step leaves a sound archive, and the work goes on from there`(
        step: String
    ) async throws {
        try crashBeforeDiscard()
        let before = try currentLatents()
        let path = fixture.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, step = step as String] in
            try NetworkLife(path: path, fatalStep: step).goOn()
        }
        let report = try fixture.check()
        #expect(report.isSound, "\(report.problems)")
        try requireExactSamples()
        try NetworkLife(path: path, fatalStep: nil).goOn()
        #expect(try fixture.check().isSound)
        #expect(try fixture.check().unreferencedBlobCount == 0)
        try requireExactSamples()
        let catalog = try Archive(opening: path).catalog
        #expect(try catalog.rotations().map(\.state) == [.rolledBack, .done])
        #expect(try catalog.bases().map(\.version) == [1], "base 2 was collected")
        #expect(try catalog.collectionMarks().isEmpty)
        #expect(try catalog.encodingWorkCounts().isEmpty)
        let light = try catalog.cube(catalog.resolve("light"))
        #expect(light.exactBlob == nil, "what was agreed to go is gone")
        #expect(try currentLatents() == before, "the rollback restored every latent")
        try requireRotationBeforeRollback(catalog)
    }

    /// The rollback had something to take back: cubes were switched, and the rotation had ended.
    private func requireRotationBeforeRollback(_ catalog: any CatalogReading) throws {
        let events = try catalog.events()
        let rollback = try #require(events.first { $0.action == "rollback" })
        let flips = events.filter { $0.action == "flip" }
        #expect(flips.count == 2 && rollback.figures["restoredCubeCount"] == 2)
        let end = events.last {
            $0.action == "rotate" && $0.objectID == "2" && $0.figures["flippedCubeCount"] == 2
        }
        #expect(try #require(end?.id) < #require(rollback.id))
    }
}
