import Basics
import Foundation
import Glibc
import TestSupport
import Testing

/// The real daemon, its deaths and its restarts.
@Suite struct DaemonLifeTests {
    private let archive: TestArchive

    init() throws {
        archive = try TestArchive()
        let path = archive.folder + "/cubevault.toml"
        let settings = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let impatience = """

            [daemon]
            settle_seconds = 0.1
            partner_timeout_seconds = 0.5
            """
        try Data((settings + impatience).utf8).write(to: URL(filePath: path))
    }

    private func dropLargeCube() throws {
        try archive.generate(
            into: "vault/ingest", "--scenes", "1", "--lines", "500", "--samples", "300",
            "--bands", "80")
    }

    private func ingestFolder() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: archive.folder + "/ingest")
    }

    private func isArchiving() throws -> Bool {
        let path = URL(filePath: archive.folder).appending(components: "work", "progress.json")
        guard let bytes = FileManager.default.contents(atPath: path.path) else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("archiving") || text.contains("verifying")
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func `a daemon that dies in mid-ingest loses nothing, and the next one goes on`(
        signal: Int32
    ) throws {
        try dropLargeCube()
        let daemon = try archive.start("daemon")
        try Patience.wait("ingest begins", until: isArchiving)
        daemon.send(signal)
        let result = try daemon.finish()
        #expect(result.status == (signal == SIGTERM ? 0 : 128 + signal))
        #expect(try archive.run("check", "--read-data").status == 0)
        try archive.expectSuccess("daemon", "--once")
        #expect(try archive.ids().count == 1)
        #expect(try ingestFolder().isEmpty)
        #expect(try archive.run("check", "--read-data").status == 0)
    }

    @Test func `a second daemon on one archive refuses and names the first`() throws {
        let first = try archive.start("daemon")
        try Patience.wait("the first daemon holds the lock") {
            try archive.run("status", "--json").object()["writer"] != nil
        }
        let second = try archive.run("daemon", "--once")
        #expect(second.status == 1)
        #expect(second.errors.contains("another process"))
        first.send(SIGTERM)
        #expect(try first.finish().status == 0)
    }

    /// The binary comes while no daemon runs, for here it would wait half a second for its header
    /// and no longer: less than a busy machine needs to start `retry`.
    @Test func `a header without its binary is set aside with its reason and can be retried`()
        throws
    {
        let header = try archive.generate(into: "scene", "--scenes", "1", "--lines", "8")[0]
        let name = URL(filePath: header).lastPathComponent
        try FileManager.default.copyItem(
            atPath: header, toPath: archive.folder + "/ingest/" + name)
        let daemon = try archive.start("daemon")
        let failed = archive.folder + "/failed"
        Patience.wait("the header is set aside") {
            FileManager.default.fileExists(atPath: failed + "/\(name).failed.json")
        }
        let reason = try String(contentsOfFile: failed + "/\(name).failed.json", encoding: .utf8)
        #expect(reason.contains("cubevault retry '\(name)'"))
        daemon.send(SIGTERM)
        #expect(try daemon.finish().status == 0)
        let binary = String(name.dropLast(4)) + ".img"
        try FileManager.default.copyItem(
            atPath: String(header.dropLast(4)) + ".img",
            toPath: archive.folder + "/ingest/" + binary)
        try archive.expectSuccess("retry", name)
        try archive.expectSuccess("daemon", "--once")
        #expect(try archive.ids().count == 1)
        #expect(try ingestFolder().isEmpty)
    }
}
