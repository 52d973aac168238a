import Archive
import Basics
import BlobStore
import Catalog
import Foundation
import Testing

@Suite struct CheckTests {
    let fixture: ArchiveFixture

    init() throws {
        fixture = try ArchiveFixture()
        _ = try Ingestor(fixture.writer()).ingest(IngestRequest(path: fixture.scene("scene")))
    }

    private func blobPaths() throws -> [String] {
        let folder = fixture.path + "/blobs"
        return try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".zst") }.map { folder + "/" + $0 }
    }

    @Test func `a sound archive has no problems`() throws {
        let report = try fixture.check()
        #expect(report.isSound)
        #expect(report.cubeCount == 1)
        #expect(report.blobCount == 2)
        #expect(report.verifiedByteCount > 0)
    }

    @Test func `any flipped byte of any blob is found by reading the data`() throws {
        for path in try blobPaths() {
            let sound = try Data(contentsOf: URL(filePath: path))
            for offset in stride(from: 0, to: sound.count, by: max(1, sound.count / 7)) {
                var damaged = sound
                damaged[offset] ^= 0x40
                try damaged.write(to: URL(filePath: path))
                #expect(try !fixture.check().isSound, "byte \(offset) of \(path)")
            }
            try sound.write(to: URL(filePath: path))
        }
        #expect(try fixture.check().isSound)
    }

    @Test func `a base network that nothing is decoded with is read as well`() throws {
        let writer = try fixture.writer()
        let blob = try writer.archive.blobs.write { try $0.append([1, 2, 3]) }
        let record = BlobRecord(
            digest: blob.name, kind: "base", contentByteCount: blob.contentByteCount,
            storedByteCount: blob.storedByteCount, chunkCount: blob.chunkCount, createdAt: Date())
        let base = BaseNetworkRecord(
            version: 1, digest: blob.name, state: .candidate, trainedAt: Date(),
            architecture: "{}", manifest: "{}", blob: blob.name, byteCount: 3,
            storedByteCount: blob.storedByteCount)
        try writer.catalog.addBase(base, blobs: [record])
        #expect(try fixture.check().problems.map(\.kind) == ["base"])
        #expect(try Checker(writer.archive).check(readsData: false).isSound)
    }

    @Test func `a missing blob is found without reading the data`() throws {
        try FileManager.default.removeItem(atPath: blobPaths()[0])
        let report = try Checker(Archive(opening: fixture.path)).check(readsData: false)
        #expect(report.problems.count == 1)
        #expect(report.problems[0].kind == "blob")
    }
}
