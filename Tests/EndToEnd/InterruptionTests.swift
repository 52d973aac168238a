import Basics
import Foundation
import Glibc
import TestSupport
import Testing

/// Ctrl-C at any moment leaves a sound archive, and the same command goes on.
@Suite struct InterruptionTests {
    /// Large enough that every stage of its life can be interrupted.
    private static let large = [
        "--scenes", "1", "--lines", "500", "--samples", "300", "--bands", "80",
    ]

    private func generateLarge(_ archive: TestArchive) throws -> String {
        let all = ["generate", archive.path("large"), "--json"] + Self.large
        let result = try Program(all, archive: nil, folder: archive.path("")).finish()
        return try #require((try result.objects().first?["files"] as? [String])?.last)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `an interrupted ingest adds nothing and the next one does`(signal: Int32) throws {
        let archive = try TestArchive()
        let header = try generateLarge(archive)
        let program = try archive.start("ingest", header, "--json")
        #expect(try program.waitForError(containing: "archiving"))
        program.send(signal)
        let result = try program.finish()
        #expect(result.status == 130)
        #expect(result.errors.contains("consistent"))
        #expect((try result.object()["cubes"] as? [Any])?.isEmpty == true)
        #expect(try archive.run("check", "--read-data").status == 0)
        #expect(try archive.ids().isEmpty)
        try archive.expectSuccess("ingest", header)
        #expect(try archive.run("check").status == 0)
        #expect(try archive.ids().count == 1)
    }

    @Test func `an interrupted restore leaves no file and the next one is exact`() throws {
        let archive = try TestArchive()
        let header = try generateLarge(archive)
        try archive.expectSuccess("ingest", header, "--quiet")
        let id = try archive.ids()[0]
        let program = try archive.start("restore", id, "-o", archive.path("back/"))
        #expect(try program.waitForError(containing: "restoring"))
        program.send(SIGINT)
        let result = try program.finish()
        #expect(result.status == 130)
        let left = try FileManager.default.contentsOfDirectory(atPath: archive.path("back"))
        #expect(left.isEmpty)
        try archive.expectSuccess("restore", id, "-o", archive.path("back/"))
        let name = URL(filePath: header).lastPathComponent.dropLast(4) + ".img"
        #expect(
            try SHA256Hasher.digest(ofFile: archive.path("back/" + name))
                == SHA256Hasher.digest(ofFile: String(header.dropLast(4)) + ".img"))
        #expect(try archive.run("check").status == 0)
    }

    @Test func `an interrupted training resumes where it was`() throws {
        let archive = try TestArchive()
        _ = try archive.ingestScenes(count: 2)
        let iterations = "1500"
        let program = try archive.start("base", "train", "--iterations", iterations)
        #expect(try program.waitForError(containing: #""activity":"training""#))
        program.send(SIGINT)
        let result = try program.finish()
        #expect(result.status == 130)
        #expect(result.errors.contains("resumes"))
        #expect(try archive.run("check").status == 0)
        #expect(try archive.expectSuccess("base", "list", "--json").objects().isEmpty)
        let resumed = try archive.expectSuccess("base", "train", "--json")
        #expect(try resumed.object()["iterationCount"] as? Int == 1500)
        #expect(resumed.errors.contains(#"{"note":"resuming"#))
        let firstLine = try #require(
            resumed.errors.split(separator: "\n").first { $0.contains(#""activity":"training""#) })
        let progress = try #require(
            try JSONSerialization.jsonObject(with: Data(firstLine.utf8)) as? [String: Any])
        #expect(try #require(progress["completedCount"] as? Int) > 1)
    }

    @Test func `a second signal ends the program at once, and the archive is sound`() throws {
        let archive = try TestArchive()
        let header = try generateLarge(archive)
        let program = try archive.start("ingest", header, "--json")
        #expect(try program.waitForError(containing: "archiving"))
        program.send(SIGINT)
        program.send(SIGTERM)
        #expect(try program.finish().status == 130)
        #expect(try archive.run("check", "--read-data").status == 0)
        try archive.expectSuccess("ingest", header)
    }

    @Test func `an interrupted generation leaves no half-written scene`() throws {
        let archive = try TestArchive()
        let program = try archive.start(
            "generate", archive.path("big"), "--scenes", "1", "--lines", "4000")
        #expect(try program.waitForError(containing: "generating"))
        program.send(SIGINT)
        #expect(try program.finish().status == 130)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: archive.path("big")).isEmpty)
    }

    @Test func `a watch of the status ends with Ctrl-C as with success`() throws {
        let archive = try TestArchive()
        let program = try archive.start("status", "--watch", "--json")
        #expect(try program.waitForOutput(lineCount: 2))
        program.send(SIGINT)
        let result = try program.finish()
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count >= 2)
        for line in lines {
            let status = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(status?["cubeCount"] as? Int == 0)
        }
    }
}
