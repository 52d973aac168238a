import Foundation
import TestSupport
import Testing

/// Damage is found, named, and never passed on.
@Suite struct CheckTests {
    private func blob(of id: String, in archive: TestArchive) throws -> String {
        let cube = try archive.expectSuccess("show", id, "--json").object()
        let exact = try #require(cube["exact"] as? [String: Any])
        return try #require((exact["blob"] as? [String: Any])?["path"] as? String)
    }

    @Test func `a flipped byte in a blob is found, and the cube is not restored from it`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 2)
        #expect(try archive.run("check", "--read-data").status == 0)
        let path = try blob(of: ids[0], in: archive)
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        bytes[bytes.count / 2] ^= 0x10
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try Data(bytes).write(to: URL(filePath: path))
        let result = try archive.run("check", "--read-data", "--json")
        #expect(result.status == 4)
        let problems = try #require(try result.object()["problems"] as? [[String: Any]])
        let named = problems.compactMap { $0["object"] as? String }
        #expect(named.contains(ids[0]))
        #expect(!named.contains(ids[1]))
        let restore = try archive.run("restore", ids[0], "-o", archive.path("back/"))
        #expect(restore.status == 4)
        // A folder that was not even made is as good as an empty one.
        let left = try? FileManager.default.contentsOfDirectory(atPath: archive.path("back"))
        #expect((left ?? []).isEmpty)
        try archive.expectSuccess("restore", ids[1], "-o", archive.path("back/"))
    }

    @Test func `a missing blob is found without reading data`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 1)
        try FileManager.default.removeItem(atPath: blob(of: ids[0], in: archive))
        let result = try archive.run("check")
        #expect(result.status == 4)
        #expect(result.output.contains("missing"))
    }
}
