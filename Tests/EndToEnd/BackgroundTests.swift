import Foundation
import Glibc
import TestSupport
import Testing

/// What the daemon does by itself, with the real program.
@Suite struct BackgroundTests {
    private func archive(_ settings: String) throws -> TestArchive {
        let archive = try TestArchive()
        let text = """
            [field]
            hidden_layer_count = 2
            hidden_width = 16
            latent_count = 8
            [tiles]
            hidden_layer_count = 1
            hidden_width = 8
            latent_count = 4
            [training]
            pixel_budget = 500
            iteration_limit = 800
            first_after_cube_count = 3
            quiet_seconds = 0.2
            again_after_cube_count = 4
            [daemon]
            settle_seconds = 0.1
            partner_timeout_seconds = 2.0
            \(settings)
            """
        try Data(text.utf8).write(to: URL(filePath: archive.folder + "/cubevault.toml"))
        return archive
    }

    private func drop(_ archive: TestArchive, count: Int, bands: Int, seed: Int) throws {
        try archive.generate(
            into: "vault/ingest", "--scenes", "\(count)", "--lines", "16", "--samples", "12",
            "--bands", "\(bands)", "--seed", "\(seed)")
    }

    /// Waits until the archive's status is as it should be.
    private func wait(
        _ archive: TestArchive, _ what: String, until holds: ([String: Any]) -> Bool
    ) throws {
        try Patience.wait(what) {
            holds(try archive.expectSuccess("status", "--json").object())
        }
    }

    @Test func `two sensors, new cubes, a second network and its rotation, with no command typed`()
        throws
    {
        let archive = try archive(
            "[rotation]\ngate_worse_percent = 100.0\n"
                + "[background]\npause_above_load_percent = 100.0")
        let daemon = try archive.start("daemon")
        try drop(archive, count: 4, bands: 24, seed: 1)
        try wait(archive, "the first network") {
            $0["currentBase"] as? Int == 1 && $0["pendingLatentCount"] as? Int == 0
        }
        let before = try archive.expectSuccess("search", "--json").objects()
        #expect(before.count == 4)
        try drop(archive, count: 4, bands: 40, seed: 50)
        try wait(archive, "the second network") {
            let rotation = $0["rotation"] as? [String: Any]
            return $0["currentBase"] as? Int == 2 && rotation?["state"] as? String == "done"
                && $0["pendingLatentCount"] as? Int == 0
        }
        daemon.send(SIGTERM)
        #expect(try daemon.finish().status == 0)
        #expect(try archive.ids().count == 8)
        #expect(try archive.run("check", "--read-data").status == 0)
        let starts = try archive.expectSuccess("history", "--json").objects().filter {
            $0["action"] as? String == "train-start"
        }
        #expect(starts.compactMap { $0["message"] as? String } == ["4 new cubes", "the first"])
        try archive.expectSuccess("base", "rollback")
        for cube in before {
            let id = try #require(cube["id"] as? String)
            let now = try archive.expectSuccess("show", id, "--json").object()
            let latent = try #require(now["latent"] as? [String: Any])
            #expect(latent["psnrDecibels"] as? Double == cube["latentPSNRDecibels"] as? Double)
        }
    }

    @Test func `outside its hours nothing trains, and what is asked for is done`() throws {
        let hour = Calendar.current.component(.hour, from: Date())
        let span = String(format: "%02d:00-%02d:00", (hour + 4) % 24, (hour + 5) % 24)
        let archive = try archive("[background]\nhours = \"\(span)\"")
        let daemon = try archive.start("daemon")
        try drop(archive, count: 3, bands: 24, seed: 1)
        try wait(archive, "three cubes") { $0["cubeCount"] as? Int == 3 }
        usleep(1_500_000)
        #expect(try archive.expectSuccess("base", "list", "--json").objects().isEmpty)
        let status = try archive.expectSuccess("status", "--json").object()
        #expect(status["pauseReason"] as? String == "hours")
        #expect(try archive.expectSuccess("status").output.contains("pauses outside its hours"))
        try archive.expectSuccess("base", "train", "--iterations", "5")
        try archive.expectSuccess("base", "rotate")
        try wait(archive, "the latents of a network that was asked for") {
            $0["currentBase"] as? Int == 1 && $0["pendingLatentCount"] as? Int == 0
        }
        daemon.send(SIGTERM)
        #expect(try daemon.finish().status == 0)
    }

    @Test func `gc lists by default, and deletes when told to`() throws {
        let archive = try archive("")
        _ = try archive.ingestScenes(count: 1)
        let leftover = archive.folder + "/blobs/ab/ab" + String(repeating: "0", count: 62) + ".zst"
        try FileManager.default.createDirectory(
            atPath: archive.folder + "/blobs/ab", withIntermediateDirectories: true)
        try Data(count: 1000).write(to: URL(filePath: leftover))
        let listed = try archive.expectSuccess("gc", "--json").object()
        #expect(listed["isDryRun"] as? Bool == true)
        #expect((listed["items"] as? [[String: Any]])?.count == 1)
        #expect(try archive.run("gc", "--dry-run", "--delete").status == 2)
        let dry = try archive.expectSuccess("gc", "--dry-run", "--json").object()
        #expect(dry["isDryRun"] as? Bool == true)
        try archive.expectSuccess("gc", "--delete")
        #expect(FileManager.default.fileExists(atPath: leftover))
        try archive.expectSuccess("gc", "--delete", "--grace", "0")
        #expect(!FileManager.default.fileExists(atPath: leftover))
        #expect(try archive.expectSuccess("gc", "--json").object()["items"] as? [String] == [])
        #expect(try archive.run("gc", "--grace", "-1").status == 2)
        #expect(try archive.run("check", "--read-data").status == 0)
    }

    @Test func `a worse network is refused with exit status 1, and --dry-run only says so`() throws
    {
        let archive = try archive("")
        _ = try archive.ingestScenes(count: 3)
        try archive.expectSuccess("base", "train", "--iterations", "150")
        try archive.expectSuccess("base", "rotate")
        try archive.expectSuccess("base", "train", "--iterations", "1", "--seed", "9")
        let trial = try archive.expectSuccess("base", "rotate", "--dry-run", "--json").object()
        #expect(trial["isWon"] as? Bool == false)
        #expect((trial["cubes"] as? [[String: Any]])?.count == 3)
        let refused = try archive.run("base", "rotate", "--json")
        #expect(refused.status == 1)
        #expect(try refused.object()["isRefused"] as? Bool == true)
        let status = try archive.expectSuccess("status", "--json").object()
        #expect(status["currentBase"] as? Int == 1)
        let verdict = try #require(status["trial"] as? [String: Any])
        #expect(verdict["outcome"] as? String == "lost" && verdict["version"] as? Int == 2)
        #expect(try #require(verdict["gainDecibels"] as? Double) < 0)
        let text = try archive.expectSuccess("status").output
        #expect(text.contains("base network 2 against 1 is refused, mean gain -"))
        let shown = try archive.expectSuccess("base", "show", "2").output
        #expect(shown.contains("is refused") && shown.contains("HELD OUT"))
        let report = try archive.expectSuccess("base", "show", "2", "--json").object()
        #expect((report["trial"] as? [String: Any])?["gate"] is [String: Any])
        let forced = try archive.expectSuccess("base", "rotate", "2", "--force", "--json").object()
        let outcomes = (forced["cubes"] as? [[String: Any]])?.map { $0["outcome"] as? String }
        #expect(outcomes == ["kept", "kept", "kept"])
        #expect(try archive.expectSuccess("status").output.contains("can be taken back  until"))
        try archive.expectSuccess("base", "rollback")
        #expect(try archive.run("base", "rotate", "--dry-run", "--force").status == 2)
        #expect(try archive.run("base", "rotate", "--cancel").status == 2)
    }
}
