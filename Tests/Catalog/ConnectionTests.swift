import Basics
import Catalog
import Cube
import Foundation
import TestSupport
import Testing

/// What readers and the writer do to each other and to the files.
struct ConnectionTests {
    @Test func `a reader sees what is committed, and one snapshot stays as it was`() throws {
        let fixture = try CatalogFixture()
        try fixture.add("one")
        let reader = try CatalogReader(path: fixture.path)
        #expect(try reader.count(CubeQuery()) == 1)
        try reader.read { queries in
            #expect(try queries.count(CubeQuery()) == 1)
            try fixture.add("two")
            #expect(try queries.count(CubeQuery()) == 1)
            #expect(try queries.search(CubeQuery()).map(\.name) == ["one"])
        }
        #expect(try reader.count(CubeQuery()) == 2)
        try fixture.writer.batch { transaction in
            _ = try transaction.addCube(
                CatalogFixture.cube("three"), blobs: [CatalogFixture.blob("three.exact")])
            #expect(try reader.count(CubeQuery()) == 2)
        }
        #expect(try reader.count(CubeQuery()) == 3)
    }

    @Test func `a reader never writes a checkpoint, not even when it is the last to close`() throws
    {
        let fixture = try CatalogFixture()
        let reader = try CatalogReader(path: fixture.path)
        try fixture.add("one")
        let before = try CatalogFile.bytes(fixture.path)
        try fixture.writer.close()
        #expect(try reader.count(CubeQuery()) == 1)
        try reader.close()
        #expect(try CatalogFile.bytes(fixture.path) == before)
        #expect(try CatalogFile.bytes(fixture.path + "-wal").count > 0)
        let next = try CatalogReader(path: fixture.path)
        #expect(try next.count(CubeQuery()) == 1)
    }

    @Test func `the writer leaves an empty log and its index behind for readers`() throws {
        let fixture = try CatalogFixture()
        try fixture.add("one")
        try fixture.writer.close()
        #expect(try CatalogFile.bytes(fixture.path + "-wal").isEmpty)
        #expect(FileManager.default.fileExists(atPath: fixture.path + "-shm"))
        #expect(try CatalogReader(path: fixture.path).count(CubeQuery()) == 1)
    }

    @Test func `a copy taken in the middle of work opens with everything committed`() throws {
        let fixture = try CatalogFixture()
        try fixture.add("one")
        let copy = fixture.folder.file("copy.sqlite")
        for suffix in ["", "-wal"] {
            try CatalogFile.write(
                CatalogFile.bytes(fixture.path + suffix), to: copy + suffix)
        }
        #expect(try CatalogReader(path: copy).count(CubeQuery()) == 1)
        let writer = try CatalogWriter(path: copy)
        #expect(try writer.count(CubeQuery()) == 1)
        #expect(try writer.integrityCheck(thorough: true).isEmpty)
    }

    @Test func `a commit that was torn off in the log is forgotten whole`() throws {
        let fixture = try CatalogFixture()
        try fixture.add("one")
        let logByteCount = try CatalogFile.bytes(fixture.path + "-wal").count
        try fixture.add("two")
        let copy = fixture.folder.file("copy.sqlite")
        try CatalogFile.write(CatalogFile.bytes(fixture.path), to: copy)
        let log = try CatalogFile.bytes(fixture.path + "-wal")
        try #require(log.count > logByteCount + 5000)
        for byteCount in [logByteCount, logByteCount + 100, log.count - 1] {
            try CatalogFile.write(Array(log[..<byteCount]), to: copy + "-wal")
            let reader = try CatalogReader(path: copy)
            #expect(try reader.search(CubeQuery()).map(\.name) == ["one"])
            try reader.close()
            try FileManager.default.removeItem(atPath: copy + "-shm")
        }
    }

    @Test func `threads may write and read at the same time`() throws {
        let fixture = try CatalogFixture()
        let writer = fixture.writer
        let reader = try CatalogReader(path: fixture.path)
        let cubes = try (0..<40).map { try CatalogFixture.cube("cube \($0)") }
        let blobs = cubes.map { CatalogFixture.blob($0.name + ".exact") }
        DispatchQueue.concurrentPerform(iterations: 40) { index in
            do {
                _ = try writer.addCube(cubes[index], blobs: [blobs[index]])
                #expect(try reader.hasCube(cubes[index].id))
            } catch {
                Issue.record(error)
            }
        }
        #expect(try reader.count(CubeQuery()) == 40)
    }

    @Test func `a closed catalog says so instead of trapping`() throws {
        let fixture = try CatalogFixture()
        try fixture.writer.close()
        #expect(throws: CatalogError.self) { try fixture.writer.count(CubeQuery()) }
        #expect(throws: CatalogError.self) { try fixture.add("one") }
    }
}
