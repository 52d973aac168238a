import Foundation
import Glibc
import TestSupport
import Testing

/// One process writes; the others wait for it, hand it their work, or say why not.
@Suite struct WriterTests {
    private func requests(_ archive: TestArchive) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: archive.folder + "/requests")
    }

    private func waitForRequest(_ archive: TestArchive) throws -> String {
        try #require(
            try Patience.first("a request") {
                try requests(archive).first { $0.hasSuffix(".request.json") }
            })
    }

    @Test func `a second ingest is refused while readers go on`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 1)
        let lock = try HeldLock(archive)
        try withExtendedLifetime(lock) {
            let result = try archive.run("ingest", archive.path("scenes"))
            #expect(result.status == 1)
            #expect(result.errors.contains("another process"))
            #expect(result.errors.contains("ingest folder"))
            #expect(try archive.ids() == ids)
            #expect(try archive.run("check", "--read-data").status == 0)
            #expect(try archive.run("restore", ids[0], "-o", archive.path("back/")).status == 0)
            #expect(try archive.expectSuccess("status", "--json").object()["writer"] != nil)
        }
    }

    @Test func `work is handed to the writer, and its report is printed`() throws {
        let archive = try TestArchive()
        let id = try archive.ingestScenes(count: 1)[0]
        let lock = try HeldLock(archive)
        try withExtendedLifetime(lock) {
            let program = try archive.start("tag", id, "a=b", "--json")
            let request = try waitForRequest(archive)
            let report = #"{\"id\":\"\#(id)\",\"name\":\"n\",\"tags\":{\"a\":\"b\"}}"#
            try Data(#"{"report":"\#(report)","exitStatus":0}"#.utf8).write(
                to: URL(
                    filePath: archive.folder + "/requests/"
                        + request.replacing(".request.", with: ".reply.")), options: .atomic)
            let result = try program.finish()
            #expect(result.status == 0)
            #expect(try result.object()["tags"] as? [String: String] == ["a": "b"])
            #expect(result.errors.contains("waiting"))
        }
    }

    @Test func `the writer's failure is the command's`() throws {
        let archive = try TestArchive()
        let lock = try HeldLock(archive)
        try withExtendedLifetime(lock) {
            let program = try archive.start("base", "rollback", "--json")
            let request = try waitForRequest(archive)
            try Data(#"{"error":"no base is left","exitStatus":3}"#.utf8).write(
                to: URL(
                    filePath: archive.folder + "/requests/"
                        + request.replacing(".request.", with: ".reply.")), options: .atomic)
            let result = try program.finish()
            #expect(result.status == 3)
            #expect(try result.errorObject()["error"] as? String == "no base is left")
        }
    }

    @Test func `work waits for a writer that answers no requests, then is done here`() throws {
        let archive = try TestArchive()
        let id = try archive.ingestScenes(count: 1)[0]
        var lock: HeldLock? = try HeldLock(archive)
        let program = try archive.start("tag", id, "a=b", "--json")
        _ = try waitForRequest(archive)
        #expect(lock != nil)
        lock = nil
        let result = try program.finish()
        #expect(result.status == 0)
        #expect(try result.object()["tags"] as? [String: String] == ["a": "b"])
        #expect(try requests(archive).isEmpty)
        #expect(try archive.expectSuccess("search", "--tag", "a=b", "--json").objects().count == 1)
    }

    @Test func `Ctrl-C while waiting withdraws the request`() throws {
        let archive = try TestArchive()
        let lock = try HeldLock(archive)
        try withExtendedLifetime(lock) {
            let program = try archive.start("base", "train")
            _ = try waitForRequest(archive)
            program.send(SIGINT)
            let result = try program.finish()
            #expect(result.status == 130)
            #expect(result.errors.contains("withdrawn"))
            #expect(try requests(archive).isEmpty)
        }
    }

    @Test func `failed drops are listed and go back to the ingest folder`() throws {
        let archive = try TestArchive()
        let reason = """
            {"droppedAs":["site/a.img"],"failedAt":"2026-01-02T03:04:05Z","files":["site__a.img"],
            "reason":"it is truncated","retry":"cubevault retry 'site__a.img'"}
            """
        let failed = archive.folder + "/failed/"
        try Data("x".utf8).write(to: URL(filePath: failed + "site__a.img"))
        try Data(reason.utf8).write(to: URL(filePath: failed + "site__a.img.failed.json"))
        let list = try archive.expectSuccess("failed", "--json").objects()
        #expect(list.first?["reason"] as? String == "it is truncated")
        #expect(try archive.run("retry", "other").status == 3)
        try archive.expectSuccess("retry", "site__a.img")
        #expect(FileManager.default.fileExists(atPath: archive.folder + "/ingest/site/a.img"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: failed).isEmpty)
        #expect(
            try archive.expectSuccess("retry", "--all", "--json").object().keys.sorted() == [
                "paths"
            ])
    }
}
