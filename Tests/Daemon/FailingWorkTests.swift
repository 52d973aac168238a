import Archive
import Basics
import Catalog
import Daemon
import Foundation
import TestSupport
import Testing

/// Background work that cannot succeed ends, says so, and does not keep the rest from being done.
@Suite struct FailingWorkTests {
    private func watched(_ settings: String = "", cubeCount: Int = 4) throws -> WatchedArchive {
        let watched = try WatchedArchive(settings)
        for seed in 1...cubeCount { try watched.drop("scene-\(seed)", seed: UInt64(seed)) }
        return watched
    }

    /// Archives the drops without the daemon, and leaves an automatic training interrupted.
    private func interrupted() throws -> WatchedArchive {
        let watched = try watched()
        let writer = try ArchiveWriter(opening: watched.path)
        for seed in 1...4 {
            let path = watched.ingest + "/scene-\(seed).img"
            _ = try Ingestor(writer).ingest(IngestRequest(path: path))
        }
        var options = TrainingOptions()
        options.isAutomatic = true
        options.iterationLimit = 100_000
        let stop = StopToken()
        #expect(throws: BasicsError.stopped) {
            try BaseTrainer(writer).train(options, stop: stop) { report in
                if report.activity == "training" { stop.request() }
            }
        }
        #expect(try BaseTrainer(writer).isInterruptedByItself)
        return watched
    }

    private func damage(_ path: String) throws {
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 2] ^= 0xFF
        try bytes.write(to: URL(filePath: path))
    }

    private func damageExactBlob(of cube: String, _ watched: WatchedArchive) throws {
        let catalog = try watched.archive.catalog
        let name = try #require(try catalog.cube(catalog.resolve(cube)).exactBlob).hexadecimal
        try damage("\(watched.path)/blobs/\(name.prefix(2))/\(name).zst")
    }

    private func events(_ watched: WatchedArchive, _ action: String) throws -> [EventRecord] {
        try watched.archive.catalog.events().filter { $0.action == action }
    }

    @Test func `a training whose checkpoint is damaged is given up once and begun afresh`()
        async throws
    {
        let watched = try interrupted()
        try damage(ArchiveLayout(folder: watched.path).trainingCheckpoint)
        try await watched.run()
        let archive = try watched.archive
        #expect(try archive.status().currentBase == 1)
        #expect(try archive.baseReport(1).iterationCount == 20)
        let failed = try events(watched, "train").filter { $0.outcome == .failed }
        #expect(failed.count == 1 && failed.first?.objectKind == "training")
        #expect(try events(watched, "train-start").count == 2)
    }

    @Test func `a training that resumes without one of its cubes leaves it out and begins afresh`()
        async throws
    {
        let watched = try interrupted()
        try damageExactBlob(of: "scene-2", watched)
        // What is resumed has the settings that it was begun with; this one is to end.
        let plan = ArchiveLayout(folder: watched.path).work + "/training.json"
        let text = try String(contentsOfFile: plan, encoding: .utf8)
        try Data(text.replacingOccurrences(of: "100000", with: "20").utf8).write(
            to: URL(filePath: plan))
        try await watched.run()
        let archive = try watched.archive
        #expect(try archive.status().currentBase == 1)
        #expect(try archive.baseReport(1).trainingCubeCount == 3)
        let skipped = try events(watched, "train").filter { $0.outcome == .skipped }
        #expect(skipped.count == 1 && skipped.first?.objectKind == "cube")
        #expect(try archive.catalog.search(CubeQuery()).compactMap(\.baseVersion).count == 3)
    }

    @Test func `where no cube can be read the daemon says so and ends`() async throws {
        let watched = try interrupted()
        for seed in 1...4 { try damageExactBlob(of: "scene-\(seed)", watched) }
        try await watched.run()
        #expect(try watched.archive.baseReports().isEmpty)
        let failed = try events(watched, "train").filter { $0.outcome == .failed }
        #expect(failed.count == 2, "the resumed one, and one begun afresh")
        #expect(failed.allSatisfy { $0.message?.contains("no cube can be read") == true })
    }

    @Test func `a first candidate that cannot be read is retired with an event`() async throws {
        let watched = try watched()
        try await watched.run()
        let other = try WatchedArchive()
        let file = other.folder.file("network")
        try watched.archive.exportBase(1, to: file, replacing: false)
        do {
            let store = BaseStore(try ArchiveWriter(opening: other.path))
            let name = try store.importNetwork(from: file).digest.hexadecimal
            try damage("\(other.path)/blobs/\(name.prefix(2))/\(name).zst")
        }
        try await other.run()
        #expect(try other.archive.baseReports().map(\.state) == ["retired"])
        let failed = try events(other, "gate")
        #expect(failed.map(\.outcome) == [.failed])
        #expect(failed.first?.message?.contains("cannot be tried") == true)
    }
}
