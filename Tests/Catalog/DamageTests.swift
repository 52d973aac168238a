import Basics
import Catalog
import Cube
import Foundation
import TestSupport
import Testing

/// Damaged files are reported with the status that stands for damage, and never trap.
struct DamageTests {
    private func isDamage(_ error: any Error) -> Bool {
        if case CatalogError.damaged = error {
            return CatalogError.damaged(path: "", reason: "").exitStatus == .damaged
        }
        return false
    }

    @Test func `a sound catalog has no problems`() throws {
        let fixture = try CatalogFixture()
        let place = GeographicBounds(west: 0.1, south: 0.1, east: 0.2, north: 0.2)
        try fixture.add("one", description: CatalogFixture.description(bounds: place))
        #expect(try fixture.writer.integrityCheck().isEmpty)
        #expect(try fixture.writer.integrityCheck(thorough: true).isEmpty)
        let reader = try CatalogReader(path: fixture.path)
        #expect(try reader.integrityCheck(thorough: true).isEmpty)
    }

    @Test func `a file that is no database is damage`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("catalog.sqlite", [UInt8](repeating: 0x55, count: 8192))
        #expect(performing: { _ = try CatalogWriter(path: path) }, throws: isDamage)
        #expect(performing: { _ = try CatalogReader(path: path) }, throws: isDamage)
    }

    @Test func `an empty file is a catalog without a schema`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("catalog.sqlite", [])
        let needed = Migration.embedded.count
        #expect(throws: CatalogError.olderSchema(path: path, found: 0, needed: needed)) {
            try CatalogReader(path: path)
        }
    }

    @Test func `values of the wrong kind are damage, not a trap`() throws {
        let fixture = try CatalogFixture()
        let id = try fixture.add("one", description: CatalogFixture.description(nodata: 123456.75))
        try fixture.writer.close()
        let sound = try CatalogFile.bytes(fixture.path)
        let replacements = [
            ("123456.75", "123456x75"), ("int16", "int61"), ("2023-11-14T22", "2023-11-14X22"),
        ]
        for (old, new) in replacements {
            try CatalogFile.write(sound, to: fixture.path)
            try CatalogFile.replace(old, by: new, in: fixture.path)
            let reader = try CatalogReader(path: fixture.path)
            #expect(performing: { _ = try reader.cube(id) }, throws: isDamage)
        }
    }

    @Test func `wiped pages never trap, and the check reports them`() throws {
        let fixture = try CatalogFixture()
        for index in 0..<50 {
            try fixture.add("cube \(index)", tags: ["index": "\(index)"])
        }
        let id = CatalogFixture.digest("cube 7")
        try fixture.writer.close()
        let sound = try CatalogFile.bytes(fixture.path)
        let pageByteCount = 4096
        var generator = SeededGenerator(seed: 1)
        var reportedCount = 0
        for page in 1..<sound.count / pageByteCount {
            var bytes = sound
            for offset in 0..<pageByteCount {
                bytes[page * pageByteCount + offset] = UInt8(generator.next() >> 56)
            }
            try CatalogFile.write(bytes, to: fixture.path)
            reportedCount += try survives(fixture.path, cube: id) ? 0 : 1
        }
        #expect(reportedCount == sound.count / pageByteCount - 1)
    }

    /// Opens, reads and checks a catalog; false where anything reported damage.
    private func survives(_ path: String, cube: SHA256Digest) throws -> Bool {
        do {
            let reader = try CatalogReader(path: path)
            var isSound = try reader.integrityCheck().isEmpty
            for attempt: () throws -> Void in [
                { _ = try reader.cube(cube) }, { _ = try reader.search(CubeQuery(text: "cube")) },
                { _ = try reader.statistics() }, { _ = try reader.resolve("cube 7") },
            ] {
                do {
                    try attempt()
                } catch is CatalogError {
                    isSound = false
                }
            }
            return isSound
        } catch is CatalogError {
            return false
        }
    }
}
