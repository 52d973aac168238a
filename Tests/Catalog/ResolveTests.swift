import Basics
import Catalog
import Cube
import Testing

/// How a user names a cube.
struct ResolveTests {
    private let fixture: CatalogFixture
    private static func id(_ firstBytes: [UInt8]) -> SHA256Digest {
        SHA256Digest(bytes: firstBytes + [UInt8](repeating: 7, count: 32 - firstBytes.count))
    }

    init() throws {
        fixture = try CatalogFixture()
        let ids: [(String, [UInt8])] = [
            ("first", [0xAB, 0xCD, 0xE0]), ("second", [0xAB, 0xCD, 0xEF]),
            ("same", [0x12, 0x34]), ("same", [0x56, 0x78]), ("abcd", [0x99, 0x99]),
            ("ff", [0xFF, 0xFF, 0xFF]),
        ]
        for (name, bytes) in ids {
            var cube = try CatalogFixture.cube(name)
            cube.id = Self.id(bytes)
            _ = try fixture.writer.addCube(cube, blobs: [CatalogFixture.blob(name + ".exact")])
        }
    }

    @Test func `a unique prefix finds its cube, whatever the case and the number of digits`() throws
    {
        let writer = fixture.writer
        #expect(try writer.resolve("abcde0") == Self.id([0xAB, 0xCD, 0xE0]))
        #expect(try writer.resolve("ABCDEF0") == Self.id([0xAB, 0xCD, 0xEF]))
        #expect(try writer.resolve("1234") == Self.id([0x12, 0x34]))
        #expect(try writer.resolve("ffff") == Self.id([0xFF, 0xFF, 0xFF]))
        let whole = Self.id([0x56, 0x78])
        #expect(try writer.resolve(whole.hexadecimal) == whole)
    }

    @Test func `an ambiguous prefix lists its cubes`() throws {
        #expect {
            try fixture.writer.resolve("abcde")
        } throws: { error in
            guard case CatalogError.ambiguous("abcde", let matches) = error else { return false }
            return matches == ["abcde0070707 first", "abcdef070707 second"]
        }
    }

    @Test func `a name works where only one cube has it`() throws {
        #expect(try fixture.writer.resolve("first") == Self.id([0xAB, 0xCD, 0xE0]))
        #expect(try fixture.writer.resolve("ff") == Self.id([0xFF, 0xFF, 0xFF]))
        #expect {
            try fixture.writer.resolve("same")
        } throws: { error in
            if case CatalogError.ambiguous("same", _) = error { true } else { false }
        }
    }

    @Test func `an ID goes before a name`() throws {
        #expect {
            try fixture.writer.resolve("abcd")
        } throws: { error in
            if case CatalogError.ambiguous("abcd", _) = error { true } else { false }
        }
    }

    @Test(arguments: ["0000", "nobody", "first ", "FIRST", String(repeating: "a", count: 65)])
    func `what nobody is called is not found`(_ text: String) throws {
        #expect(throws: CatalogError.notFound(kind: "cube", name: text)) {
            try fixture.writer.resolve(text)
        }
        #expect(CatalogError.notFound(kind: "cube", name: text).exitStatus == .notFound)
    }

    @Test(arguments: ["", "a", "abc"])
    func `fewer than four digits are a usage error`(_ text: String) throws {
        #expect(throws: CatalogError.prefixTooShort(text: text)) {
            try fixture.writer.resolve(text)
        }
        #expect(CatalogError.prefixTooShort(text: text).exitStatus == .usage)
    }
}
