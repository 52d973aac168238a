import Basics
import Foundation
import TestSupport
import Testing

/// Getting cubes back.
@Suite struct RestoreTests {
    private static let (lines, samples, bands) = (40, 36, 24)

    private func archiveWithOneCube() throws -> (TestArchive, header: String, id: String) {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "\(Self.lines)", "--samples",
            "\(Self.samples)", "--bands", "\(Self.bands)", "--interleave", "bip")[0]
        try archive.expectSuccess("ingest", header, "--quiet")
        return (archive, header, try archive.ids()[0])
    }

    @Test func `the source files come back byte for byte`() throws {
        let (archive, header, id) = try archiveWithOneCube()
        let report = try archive.expectSuccess(
            "restore", id, "-o", archive.path("back/"), "--json"
        ).object()
        let files = try #require(report["files"] as? [[String: Any]])
        #expect(files.count == 2)
        for file in files {
            let path = try #require(file["path"] as? String)
            let source =
                URL(filePath: header).deletingLastPathComponent()
                .appending(path: URL(filePath: path).lastPathComponent).path
            let digest = try SHA256Hasher.digest(ofFile: source)
            #expect(try SHA256Hasher.digest(ofFile: path) == digest)
            #expect(file["sha256"] as? String == digest.hexadecimal)
            #expect(file["equalsSource"] as? Bool == true)
        }
    }

    @Test func `a window of some bands is the crop of the original`() throws {
        let (archive, header, id) = try archiveWithOneCube()
        let original = try Samples(raw: String(header.dropLast(4)) + ".img").values
        try archive.expectSuccess(
            "restore", id, "--window", "5,11,9,4", "--bands", "20,3-5,0", "--as", "npy", "-o",
            archive.path("crop.npy"))
        let crop = try Samples(npy: archive.path("crop.npy")).values
        let expected = (11..<15).flatMap { line in
            (5..<14).flatMap { sample in
                [20, 3, 4, 5, 0].map { band in
                    original[(line * Self.samples + sample) * Self.bands + band]
                }
            }
        }
        #expect(crop == expected)
    }

    @Test func `an ENVI crop reads back as what it is`() throws {
        let (archive, _, id) = try archiveWithOneCube()
        let path = archive.path("crop.img")
        try archive.expectSuccess(
            "restore", id, "--window", "5,11,9,4", "--bands", "3-5", "-o", path)
        let inspection = try #require(
            try archive.expectSuccess("inspect", path, "--json").objects().first)
        let geometry = try #require(inspection["geometry"] as? [String: Int])
        #expect(geometry == ["lines": 4, "samples": 9, "bands": 3])
    }

    @Test func `what is outside the cube is refused`() throws {
        let (archive, _, id) = try archiveWithOneCube()
        for arguments in [
            ["--window", "30,0,10,1"], ["--window", "0,40,1,1"], ["--bands", "24"],
            ["--bands", "0-4000000000"], ["--bands", "3,1-4"],
        ] {
            let result = try Program(
                ["restore", id, "-o", archive.path("no.img")] + arguments,
                archive: archive.folder, folder: archive.path("")
            ).finish()
            #expect(result.status == 2, "\(arguments)")
        }
        #expect(!FileManager.default.fileExists(atPath: archive.path("no.img")))
    }

    @Test func `an existing file is kept unless --force says otherwise`() throws {
        let (archive, _, id) = try archiveWithOneCube()
        let path = archive.path("a.npy")
        try Data("precious".utf8).write(to: URL(filePath: path))
        let refused = try archive.run("restore", id, "--as", "npy", "-o", path)
        #expect(refused.status == 1)
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
        try archive.expectSuccess("restore", id, "--as", "npy", "-o", path, "--force")
        #expect(try Samples(npy: path).values.count == Self.lines * Self.samples * Self.bands)
    }

    @Test func `a latent that is pending cannot be restored, and says so`() throws {
        let (archive, _, id) = try archiveWithOneCube()
        let result = try archive.run("restore", id, "--from", "latent")
        #expect(result.status == 1)
        #expect(result.errors.contains("pending"))
        let cube = try archive.expectSuccess("show", id, "--json").object()
        #expect(cube["isLatentPending"] as? Bool == true)
        #expect(try archive.expectSuccess("show", id).output.contains("pending"))
    }

    @Test func `scenes come in from every format that generate writes`() throws {
        let archive = try TestArchive()
        let size = ["--scenes", "1", "--lines", "10", "--samples", "11", "--bands", "6"]
        var restored: [[UInt16]] = []
        for format in ["envi", "npy", "mat"] {
            let all = ["generate", archive.path(format), "--format", format] + size
            #expect(
                try Program(all, archive: nil, folder: archive.path("")).finish().status == 0)
            try archive.expectSuccess("ingest", archive.path(format), "--collection", format)
            let cube = try #require(
                try archive.expectSuccess("search", "--collection", format, "--json")
                    .objects().first)
            let id = try #require(cube["id"] as? String)
            let path = archive.path("from-\(format).npy")
            try archive.expectSuccess("restore", id, "--as", "npy", "-o", path)
            restored.append(try Samples(npy: path).values)
        }
        #expect(restored[0].count == 10 * 11 * 6)
        #expect(restored[1] == restored[0])
        #expect(restored[2] == restored[0])
    }
}
