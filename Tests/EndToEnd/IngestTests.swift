import Basics
import Foundation
import TestSupport
import Testing

/// Taking cubes in by hand.
@Suite struct IngestTests {
    @Test func `a folder is walked, a pair counts once, and what is no cube is left aside`() throws
    {
        let archive = try TestArchive()
        try archive.generate(
            into: "drop/deep", "--scenes", "2", "--lines", "8", "--samples", "9", "--bands", "5")
        try archive.generate(
            into: "drop", "--scenes", "1", "--lines", "8", "--samples", "9", "--bands", "5",
            "--format", "npy", "--seed", "7")
        try Data("notes".utf8).write(to: URL(filePath: archive.path("drop/notes.txt")))
        try Data("x".utf8).write(to: URL(filePath: archive.path("drop/.hidden.hdr")))
        try Data("x".utf8).write(to: URL(filePath: archive.path("drop/coming.img.part")))
        let result = try archive.expectSuccess("ingest", archive.path("drop"), "--json").object()
        let cubes = try #require(result["cubes"] as? [[String: Any]])
        #expect(cubes.compactMap { $0["outcome"] as? String } == ["added", "added", "added"])
        let skipped = try #require(result["skipped"] as? [[String: Any]])
        #expect(skipped.compactMap { $0["path"] as? String } == [archive.path("drop/notes.txt")])
        #expect(try archive.ids().count == 3)
    }

    @Test func `a duplicate is no error and adds nothing`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 1)
        let again = try archive.expectSuccess("ingest", archive.path("scenes"), "--json").object()
        let cubes = try #require(again["cubes"] as? [[String: Any]])
        #expect(cubes.first?["outcome"] as? String == "duplicate")
        #expect(cubes.first?["id"] as? String == ids[0])
        #expect(try archive.ids() == ids)
    }

    @Test func `a truncated binary fails, the others go on, and the status is 1`() throws {
        let archive = try TestArchive()
        let headers = try archive.generate(
            into: "drop", "--scenes", "3", "--lines", "8", "--samples", "9", "--bands", "5")
        let binary = String(headers[1].dropLast(4)) + ".img"
        #expect(truncate(binary, 8 * 9 * 5 * 2 - 1) == 0)
        let result = try archive.run("ingest", archive.path("drop"), "--json")
        #expect(result.status == 1)
        let summary = try result.object()
        let failures = try #require(summary["failures"] as? [[String: Any]])
        #expect(failures.count == 1)
        #expect((failures[0]["error"] as? String)?.contains("truncated") == true)
        #expect((summary["cubes"] as? [Any])?.count == 2)
        #expect(try archive.ids().count == 2)
    }

    @Test func `a header without its binary is an error, and so is a named file that is no cube`()
        throws
    {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "drop", "--scenes", "1", "--lines", "8", "--samples", "9", "--bands", "5")[0]
        try FileManager.default.removeItem(atPath: String(header.dropLast(4)) + ".img")
        let lone = try archive.run("ingest", header)
        #expect(lone.status == 1)
        #expect(lone.errors.contains("no binary beside it"))
        let notes = archive.path("notes.txt")
        try Data("notes".utf8).write(to: URL(filePath: notes))
        #expect(try archive.run("ingest", notes).status == 1)
        #expect(try archive.run("ingest", archive.path("nothing.hdr")).status == 3)
        #expect(try archive.ids().isEmpty)
    }

    @Test func `max-error keeps its promise and less bytes`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "40", "--samples", "36", "--bands", "24",
            "--interleave", "bip")[0]
        try archive.expectSuccess("ingest", header, "--fidelity", "max-error=8", "--quiet")
        let cube = try #require(try archive.expectSuccess("search", "--json").objects().first)
        let id = try #require(cube["id"] as? String)
        #expect(cube["fidelity"] as? String == "max-error=8")
        try archive.expectSuccess("restore", id, "--as", "npy", "-o", archive.path("a.npy"))
        let original = try Samples(raw: String(header.dropLast(4)) + ".img")
        let restored = try Samples(npy: archive.path("a.npy"))
        let largest = zip(original.values, restored.values).map { abs(Int($0) - Int($1)) }.max()
        let promised = try #require(cube["maximumAbsoluteError"] as? Double)
        #expect(Double(try #require(largest)) == promised)
        #expect(promised > 0 && promised <= 8)
        #expect(original.values.count == restored.values.count)
        #expect(try archive.run("restore", id, "--as", "original").status == 1)
    }

    @Test func `the best effort gives the same file back`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "40", "--samples", "36", "--bands", "24",
            "--interleave", "bip")[0]
        #expect(try archive.run("ingest", header, "--effort", "heroic").status == 2)
        try archive.expectSuccess("ingest", header, "--effort", "best", "--quiet")
        let id = try #require(try archive.ids().first)
        try archive.expectSuccess("restore", id, "--as", "npy", "-o", archive.path("a.npy"))
        let original = try Samples(raw: String(header.dropLast(4)) + ".img")
        #expect(try Samples(npy: archive.path("a.npy")).values == original.values)
    }

    @Test func `a relative max-error keeps its promise`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "40", "--samples", "36", "--bands", "24",
            "--interleave", "bip")[0]
        try archive.expectSuccess("ingest", header, "--fidelity", "max-error=1%", "--quiet")
        let cube = try #require(try archive.expectSuccess("search", "--json").objects().first)
        let id = try #require(cube["id"] as? String)
        #expect(cube["fidelity"] as? String == "max-error=1%")
        try archive.expectSuccess("restore", id, "--as", "npy", "-o", archive.path("a.npy"))
        let original = try Samples(raw: String(header.dropLast(4)) + ".img").values
        let restored = try Samples(npy: archive.path("a.npy")).values
        try #require(original.count == restored.count && original != restored)
        let pairs = zip(original, restored).map { (Double($0), Double($1)) }
        #expect(pairs.allSatisfy { abs($0.0 - $0.1) <= 0.01 * $0.0 })
        #expect(cube["maximumAbsoluteError"] as? Double == pairs.map { abs($0.0 - $0.1) }.max())
    }

    @Test func `fidelity latent wants the owner's word`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "8", "--samples", "9", "--bands", "5")[0]
        let result = try archive.run("ingest", header, "--fidelity", "latent")
        #expect(result.status == 2)
        #expect(result.errors.contains("--discard-exact"))
        #expect(try archive.run("ingest", header, "--fidelity", "nearly").status == 2)
        #expect(try archive.ids().isEmpty)
    }

    @Test func `labels given at ingest are found by search and changed by tag`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "8", "--samples", "9", "--bands", "5")[0]
        try archive.expectSuccess(
            "ingest", header, "--collection", "lakes", "--tag", "site=Potsdam", "--tag", "run=a=b")
        let found = try archive.expectSuccess(
            "search", "--collection", "lakes", "--tag", "run=a=b", "--json"
        ).objects()
        let id = try #require(found.first?["id"] as? String)
        let labels = try archive.expectSuccess(
            "tag", id, "cloud=3%", "--remove", "site", "--no-collection", "--json"
        ).object()
        #expect(labels["tags"] as? [String: String] == ["run": "a=b", "cloud": "3%"])
        #expect(labels["collection"] == nil)
        #expect(
            try archive.expectSuccess("search", "--tag", "site=Potsdam", "--json").objects().isEmpty
        )
        #expect(
            try archive.expectSuccess("search", "--text", "cloud", "--json").objects().count == 1)
    }

    @Test func `inspect says what would happen and touches nothing`() throws {
        let folder = try TemporaryFolder()
        let generate = try Program(
            [
                "generate", folder.file("s"), "--scenes", "1", "--lines", "4", "--samples", "5",
                "--bands", "3", "--json",
            ], archive: nil, folder: folder.path
        ).finish()
        let files = try #require(try generate.objects().first?["files"] as? [String])
        let before = try files.map { try SHA256Hasher.digest(ofFile: $0) }
        let good = try Program(
            ["inspect", files[1], "--json"], archive: nil, folder: folder.path
        ).finish()
        #expect(good.status == 0)
        #expect(try good.objects().first?["isCatalogued"] as? Bool == true)
        #expect(try files.map { try SHA256Hasher.digest(ofFile: $0) } == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("s")).count == 2)
        #expect(truncate(files[0], 10) == 0)
        let bad = try Program(
            ["inspect", files[1], "--json"], archive: nil, folder: folder.path
        ).finish()
        #expect(bad.status == 1)
        #expect((try bad.objects().first?["reason"] as? String)?.contains("truncated") == true)
    }
}
