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

    /// Damages the middle of a cube's blob.
    private func flipByte(inBlobOf id: String, of archive: TestArchive) throws {
        let path = try blob(of: id, in: archive)
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        bytes[bytes.count / 2] ^= 0x10
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test func `a flipped byte in a blob is found, and the cube is not restored from it`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 2)
        #expect(try archive.run("check", "--read-data").status == 0)
        try flipByte(inBlobOf: ids[0], of: archive)
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

    @Test func `a damaged block is lost alone, and named alike by check and restore`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "220", "--samples", "200", "--bands", "100",
            "--interleave", "bil")[0]
        try archive.expectSuccess("ingest", header, "--quiet", "--no-latent")
        let id = try archive.ids()[0]
        try flipByte(inBlobOf: id, of: archive)

        let check = try archive.run("check", "--read-data", "--json")
        #expect(check.status == 4)
        let problems = try #require(try check.object()["problems"] as? [[String: Any]])
        let found = try #require(problems.compactMap { $0["lostRegion"] as? [String: Any] }.first)
        let first = try #require(found["firstLine"] as? Int)
        let last = try #require(found["lastLine"] as? Int)
        #expect(first == 0 && last < 219, "only the first of two blocks")

        let refused = try archive.run("restore", id, "-o", archive.path("back/"))
        #expect(refused.status == 4 && refused.errors.contains("--salvage"))
        let result = try archive.run(
            "restore", id, "--salvage", "-o", archive.path("back/"), "--json")
        #expect(result.status == 4)
        let report = try result.object()
        let lost = try #require(report["lostRegions"] as? [[String: Any]])
        #expect(lost.count == 1)
        #expect(lost[0]["firstLine"] as? Int == first && lost[0]["lastLine"] as? Int == last)
        #expect((lost[0]["bandIndices"] as? [Int])?.count == 100)

        let stem = URL(filePath: header).deletingPathExtension().lastPathComponent
        let original = try Samples(raw: String(header.dropLast(4)) + ".img").values
        let restored = try Samples(raw: archive.path("back/" + stem + ".img")).values
        let lineCount = 200 * 100
        #expect(restored[..<((last + 1) * lineCount)].allSatisfy { $0 == 0 })
        #expect(restored[((last + 1) * lineCount)...] == original[((last + 1) * lineCount)...])
        let mask = Array(
            try Data(contentsOf: URL(filePath: archive.path("back/" + stem + "-lost.img"))))
        #expect(mask.count == 220 * 200)
        #expect(mask[..<((last + 1) * 200)].allSatisfy { $0 == 1 })
        #expect(mask[((last + 1) * 200)...].allSatisfy { $0 == 0 })

        try archive.expectSuccess(
            "restore", id, "--salvage", "--window", "0,\(last + 1),9,5", "-o",
            archive.path("sound.img"))
    }

    /// Changes the file of a cube's blob.
    private func damage(
        _ id: String, _ archive: TestArchive, _ change: (inout [UInt8]) -> Void
    ) throws {
        let path = try blob(of: id, in: archive)
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        change(&bytes)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test(arguments: ["header", "index", "both", "end"])
    func `damage to a blob's header or index is named, and does not lose the cube`(
        part: String
    ) throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "220", "--samples", "200", "--bands", "100",
            "--interleave", "bil")[0]
        try archive.expectSuccess("ingest", header, "--quiet", "--no-latent")
        let id = try archive.ids()[0]
        try damage(id, archive) { bytes in
            if part == "header" || part == "both" { bytes[30] ^= 0xFF }
            if part == "index" || part == "both" {
                for index in bytes.indices.suffix(30) { bytes[index] = 0 }
            }
            // The second block's end, the header's copy and the index.
            if part == "end" { bytes.removeLast(5000) }
        }
        let check = try archive.run("check", "--read-data", "--json")
        #expect(check.status == 4)
        let problems = try #require(try check.object()["problems"] as? [[String: Any]])
        #expect(problems.contains { $0["object"] as? String == id }, "the cube is named")
        #expect(problems.contains { $0["lostRegion"] != nil } == (part == "end"))

        let refused = try archive.run("restore", id, "-o", archive.path("back/"))
        #expect(refused.status == 4 && refused.errors.contains("--salvage"))
        let salvaged = try archive.run(
            "restore", id, "--salvage", "-o", archive.path("back/"), "--json")
        let stem = URL(filePath: header).deletingPathExtension().lastPathComponent
        let original = try Samples(raw: String(header.dropLast(4)) + ".img").values
        let restored = try Samples(raw: archive.path("back/" + stem + ".img")).values
        if part == "end" {
            #expect(salvaged.status == 4)
            let lost = try #require(
                try salvaged.object()["lostRegions"] as? [[String: Any]])
            let first = try #require(lost.first?["firstLine"] as? Int)
            #expect(lost.count == 1 && first > 0)
            #expect(restored[..<(first * 20_000)] == original[..<(first * 20_000)])
        } else {
            #expect(salvaged.status == 0)
            #expect(restored == original)
        }
    }
}
