import Archive
import Foundation
import Testing

@Suite struct FailedDropsTests {
    let fixture: ArchiveFixture
    let failed: FailedDrops

    init() throws {
        fixture = try ArchiveFixture()
        failed = FailedDrops(ArchiveLayout(folder: fixture.path))
    }

    private func drop(_ name: String) throws -> String {
        let path = fixture.path + "/ingest/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true)
        try Data([1, 2, 3]).write(to: URL(filePath: path))
        return path
    }

    @Test func `a failed drop moves beside its reason and back again`() throws {
        let path = try drop("field/a.img")
        try failed.add([path], reason: "it has no header")
        #expect(!FileManager.default.fileExists(atPath: path))
        let all = try failed.all()
        #expect(all.count == 1)
        #expect(all[0].reason == "it has no header")
        #expect(all[0].retry == "cubevault retry '\(all[0].files[0])'")
        #expect(try failed.retry(all[0].files[0]) == [path])
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3]))
        #expect(try failed.all().isEmpty)
    }

    @Test func `two failed drops of one name keep both their files`() throws {
        try failed.add([drop("a.img")], reason: "first")
        try failed.add([drop("a.img")], reason: "second")
        let all = try failed.all()
        #expect(Set(all.flatMap(\.files)).count == 2)
        #expect(Set(all.map(\.reason)) == ["first", "second"])
    }

    @Test func `retrying what never failed is an error`() throws {
        #expect(throws: ArchiveError.self) { try failed.retry("nothing.img") }
        #expect(try failed.retry(nil).isEmpty)
    }
}
