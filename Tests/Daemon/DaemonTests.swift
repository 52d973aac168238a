import Archive
import Basics
import Catalog
import CubeFiles
import Daemon
import Foundation
import SyntheticScenes
import TestSupport
import Testing

@Suite struct DaemonTests {
    @Test func `drops are archived, leave the folder, and the first base network trains itself`()
        async throws
    {
        let watched = try WatchedArchive()
        for seed in 1...3 { try watched.drop("scene-\(seed)", seed: UInt64(seed)) }
        try await watched.run()
        #expect(try watched.filesInIngest().isEmpty)
        let status = try watched.archive.status()
        #expect(status.cubeCount == 3)
        #expect(status.currentBase == 1)
        #expect(status.pendingLatentCount == 0)
        #expect(try Checker(watched.archive).check(readsData: true).isSound)
    }

    @Test func `fewer cubes than a training needs are kept exactly, their latents pending`()
        async throws
    {
        let watched = try WatchedArchive()
        try watched.drop("only", seed: 1)
        try await watched.run()
        let status = try watched.archive.status()
        #expect(status.cubeCount == 1)
        #expect(status.currentBase == nil)
        #expect(status.pendingLatentCount == 1)
    }

    @Test func `a sub-folder of the watch folder names the collection`() async throws {
        let watched = try WatchedArchive()
        try watched.drop("scene", seed: 1, folder: watched.ingest + "/harvard-forest")
        try await watched.run()
        let found = try watched.archive.catalog.search(CubeQuery(collection: "harvard-forest"))
        #expect(found.map(\.name) == ["scene"])
    }

    @Test func `a duplicate leaves the folder and is no failure`() async throws {
        let watched = try WatchedArchive()
        try watched.drop("scene", seed: 1)
        try await watched.run()
        try watched.drop("scene-again", seed: 1)
        try await watched.run()
        let status = try watched.archive.status()
        #expect(status.cubeCount == 1)
        #expect(status.failedDropCount == 0)
        #expect(try watched.filesInIngest().isEmpty)
    }

    @Test func `what no reader knows moves to failed with its reason, and can be retried`()
        async throws
    {
        let watched = try WatchedArchive()
        try Data("hello".utf8).write(to: URL(filePath: watched.ingest + "/notes.npy"))
        try await watched.run()
        let failed = FailedDrops(ArchiveLayout(folder: watched.path))
        let drops = try failed.all()
        #expect(drops.count == 1)
        #expect(drops.first?.droppedAs == ["notes.npy"])
        #expect(try failed.retry("notes.npy") == [watched.ingest + "/notes.npy"])
    }

    @Test func `a source that was interrupted after its commit is given up at the next start`()
        async throws
    {
        let watched = try WatchedArchive()
        try watched.drop("scene", seed: 1)
        _ = try Ingestor(ArchiveWriter(opening: watched.path)).ingest(
            IngestRequest(path: watched.ingest + "/scene.img"))
        #expect(try watched.filesInIngest().count == 2)
        try await watched.run()
        #expect(try watched.filesInIngest().isEmpty)
        #expect(try watched.archive.status().cubeCount == 1)
    }

    @Test func `requests of commands are done by the daemon`() async throws {
        let watched = try WatchedArchive()
        for seed in 1...3 { try watched.drop("scene-\(seed)", seed: UInt64(seed)) }
        try await watched.run()
        let spool = RequestSpool(ArchiveLayout(folder: watched.path))
        let train = try spool.submit(
            .train(
                timeLimitSeconds: nil, iterationLimit: 10, seed: 5, initialVersion: nil,
                family: nil, startsAfresh: false))
        try await watched.run()
        let reply = try #require(try spool.takeReply(train))
        #expect(reply.error == nil)
        #expect(try watched.archive.baseReports().map(\.state) == ["candidate", "current"])
    }

    @Test func `drift brings a second training, a trial and a rotation with no command`()
        async throws
    {
        let watched = try WatchedArchive(
            """
            [rotation]
            gate_worse_percent = 100.0
            """, training: "drift_cube_count = 3\ndrift_decibels = 0.01\niteration_limit = 1500")
        // Five, so that one is held out.
        for seed in 1...5 { try watched.drop("first-\(seed)", seed: UInt64(seed)) }
        try await watched.run()
        let before = try watched.archive.catalog.currentEncodings()
        #expect(before.count == 5 && before.allSatisfy { $0.baseVersion == 1 })
        #expect(try watched.archive.catalog.latestTrial(of: 1)?.referencePSNRDecibels != nil)
        for seed in 11...16 {
            // Most of their bands are unknown to the first network.
            try watched.drop(
                "second-\(seed)", seed: UInt64(seed), sensor: .fullRange(bandCount: 21))
        }
        try await watched.run()
        let catalog = try watched.archive.catalog
        #expect(try catalog.currentBase()?.version == 2)
        #expect(try catalog.rotations().map(\.state) == [.done, .done])
        #expect(try catalog.latestTrial(of: 2)?.outcome == .won)
        #expect(try watched.archive.status().pendingLatentCount == 0)
        let now = try catalog.currentEncodings()
        #expect(now.count == 11 && now.contains { $0.baseVersion == 2 })
        let actions = Set(try catalog.events().map(\.action))
        #expect(actions.isSuperset(of: ["train", "gate", "rotate", "encode", "flip"]))
        #expect(try Checker(watched.archive).check(readsData: true).isSound)
    }

    @Test func `a second daemon on one archive refuses`() async throws {
        let watched = try WatchedArchive()
        let holder = try ArchiveWriter(opening: watched.path)
        await #expect(throws: ArchiveError.self) { try await watched.run() }
        _ = holder
    }

    @Test func `a sub-folder of the watch folder has its collection's policy`() async throws {
        let watched = try WatchedArchive(
            """
            [collections.rough]
            fidelity = "max-error=2%"
            """)
        try watched.drop("fine", seed: 1)
        try watched.drop("coarse", seed: 2, folder: watched.ingest + "/rough/day1")
        try await watched.run()
        let cubes = try watched.archive.catalog.search(CubeQuery())
        let fidelities = Dictionary(
            uniqueKeysWithValues: cubes.map { ($0.name, $0.fidelity) })
        #expect(fidelities == ["fine": "lossless", "coarse": "max-error=2%"])
        #expect(cubes.first { $0.name == "coarse" }?.collection == "rough/day1")
    }
}
