import Archive
import Basics
import Catalog
import CubeCodec
import Foundation
import TestSupport
import Testing

/// Collecting what nothing refers to: two phases, and nothing that anything needs.
@Suite struct CollectorTests {
    let fixture: ArchiveFixture

    init() throws {
        fixture = try ArchiveFixture()
        let writer = try fixture.writer()
        for seed in 1...2 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try rotated(writer, iterations: 20)
    }

    @discardableResult
    private func rotated(_ writer: ArchiveWriter, iterations: Int) throws -> Int {
        var options = TrainingOptions()
        options.iterationLimit = iterations
        options.initialVersion = try writer.archive.catalog.currentBase()?.version
        let version = try BaseTrainer(writer).train(options).version
        _ = try Rotator(writer).rotate(to: version, force: true)
        return version
    }

    private func writer(daysFromNow days: Double) throws -> ArchiveWriter {
        try ArchiveWriter(opening: fixture.path) { Date().addingTimeInterval(days * 86_400) }
    }

    /// Puts a file where a blob would be, as an interrupted ingest leaves one.
    private func place(_ bytes: Data, as name: SHA256Digest) throws {
        let path = ArchiveFixture.path(ofBlob: name, in: fixture.path)
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: URL(filePath: path))
    }

    private func versions() throws -> [Int] {
        try Archive(opening: fixture.path).catalog.bases().map(\.version).sorted()
    }

    @Test func `a sound archive has nothing to collect`() throws {
        let report = try Archive(opening: fixture.path).collectible()
        #expect(report.isDryRun && report.items.isEmpty)
    }

    @Test func `a leftover blob is marked first and deleted only after its grace`() throws {
        let leftover = SHA256Hasher.digest(of: [1, 2, 3])
        try place(Data([1, 2, 3]), as: leftover)
        let listed = try Archive(opening: fixture.path).collectible()
        #expect(listed.items.map(\.name) == [leftover.hexadecimal])
        #expect(listed.items[0].markedAt == nil && !listed.items[0].isDue)
        let first = try Collector(fixture.writer()).collect()
        #expect(first.items.allSatisfy { !$0.isDue })
        #expect(try fixture.check().unreferencedBlobCount == 1)
        _ = try Collector(writer(daysFromNow: 6)).collect()
        #expect(try fixture.check().unreferencedBlobCount == 1)
        let last = try Collector(writer(daysFromNow: 8)).collect()
        #expect(last.items.filter(\.isDue).map(\.name) == [leftover.hexadecimal])
        #expect(try fixture.check().unreferencedBlobCount == 0)
        #expect(try fixture.check().isSound)
        let events = try Archive(opening: fixture.path).catalog.events(
            objectKind: "blob", objectID: leftover.hexadecimal)
        #expect(events.map(\.action) == ["delete", "mark"])
    }

    @Test func `a mark is lifted when a cube needs the blob after all`() throws {
        let other = try ArchiveFixture()
        let binary = try fixture.scene("late", seed: 30)
        let donor = try other.writer()
        let report = try Ingestor(donor).ingest(IngestRequest(path: binary))
        let blob = try #require(try donor.archive.catalog.cube(report.id).exactBlob)
        let stored = ArchiveFixture.path(ofBlob: blob, in: other.path)
        try place(Data(contentsOf: URL(filePath: stored)), as: blob)
        do {
            let writer = try fixture.writer()
            _ = try Collector(writer).collect()
            #expect(try writer.archive.catalog.collectionMarks().count == 1)
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        let later = try writer(daysFromNow: 100)
        _ = try Collector(later).collect()
        #expect(try later.archive.catalog.collectionMarks().allSatisfy { $0.kind != .blob })
        #expect(try fixture.check().isSound)
        #expect(try fixture.check().cubeCount == 3)
    }

    @Test func `a base is kept for as long as a rollback returns to it, and removed afterwards`()
        throws
    {
        try rotated(fixture.writer(), iterations: 400)
        _ = try Collector(writer(daysFromNow: 20)).collect(graceDays: 0)
        #expect(try versions() == [1, 2])
        do {
            let writer = try writer(daysFromNow: 29)
            _ = try Rotator(writer).rollback()
            _ = try Rotator(writer).rotate(to: 2, force: true)
        }
        let all = try Archive(opening: fixture.path).catalog.currentEncodings()
        try #require(all.allSatisfy { $0.baseVersion == 2 }, "every cube has left base 1")
        for days in [100.0, 101] {
            _ = try Collector(writer(daysFromNow: days)).collect(graceDays: 0)
        }
        #expect(try versions() == [2])
        #expect(throws: ArchiveError.self) { try Rotator(fixture.writer()).rollback() }
        #expect(try fixture.check().isSound)
        #expect(try fixture.check().unreferencedBlobCount == 0)
    }

    @Test func `a base that one cube without exact samples needs is never removed`() throws {
        let light = try Ingestor(fixture.writer()).ingest(
            IngestRequest(
                path: fixture.scene("light", seed: 7), fidelity: .latent, discardsExact: true))
        _ = try LatentUpdater(fixture.writer()).encodePending()
        try rotated(fixture.writer(), iterations: 400)
        for days in [100.0, 200, 300] {
            _ = try Collector(writer(daysFromNow: days)).collect(graceDays: 0)
        }
        #expect(try versions() == [1, 2])
        let archive = try Archive(opening: fixture.path)
        #expect(try archive.catalog.currentEncoding(of: light.id)?.baseVersion == 1)
        let cube = try archive.catalog.cube(light.id)
        _ = try archive.samples(of: cube, from: .latent)
        #expect(try fixture.check().isSound)
    }

    @Test func `the reserve is there from the start, and made again where it is missing`() throws {
        let layout = ArchiveLayout(folder: fixture.path)
        #expect(DiskReserve(layout).byteCount == 16 << 20)
        let settings = fixture.path + "/cubevault.toml"
        let text = try String(contentsOfFile: settings, encoding: .utf8)
        try Data((text + "\n[deletion]\nreserve_mebibytes = 1\n").utf8).write(
            to: URL(filePath: settings))
        let writer = try fixture.writer()
        #expect(DiskReserve(layout).byteCount == 1 << 20)
        #expect(try DiskReserve(layout).restore(byteCount: 0))
        #expect(DiskReserve(layout).byteCount == 0)
        _ = try Collector(writer).collect()
        #expect(DiskReserve(layout).byteCount == 1 << 20)
        #expect(try fixture.check().unreferencedBlobCount == 0)
    }
}
