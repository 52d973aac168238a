import Basics
import Foundation
import TestSupport
import Testing

/// Training, rotating and rolling back base networks from the command line.
@Suite struct NetworkTests {
    private func quality(_ archive: TestArchive) throws -> [String: Double] {
        try archive.expectSuccess("search", "--json").objects().reduce(into: [:]) { result, cube in
            let id = try #require(cube["id"] as? String)
            result[id] = cube["latentPSNRDecibels"] as? Double
        }
    }

    /// Requires compare and history to tell of a second rotation what search told.
    private func requireComparison(
        in archive: TestArchive, of ids: [String], _ before: [String: Double],
        _ after: [String: Double]
    ) throws {
        let plot = archive.path("plot.png")
        let comparison = try archive.expectSuccess(
            "base", "compare", "previous", "current", "-o", plot, "--json"
        ).object()
        let cubes = try #require(comparison["cubes"] as? [[String: Any]])
        for cube in cubes {
            let id = try #require(cube["id"] as? String)
            let sides = try ["first", "second"].map { try #require(cube[$0] as? [String: Any]) }
            let decibels = sides.compactMap { $0["psnrDecibels"] as? Double }
            #expect(decibels.first == before[id])
            #expect(try decibels.contains(#require(after[id])))
        }
        #expect(cubes.count == 3)
        let signature = try Data(contentsOf: URL(filePath: plot)).prefix(4)
        #expect(Array(signature) == [0x89, 0x50, 0x4E, 0x47])
        #expect(try archive.run("base", "compare", "1", "2", "-o", plot).status == 1)
        let history = try archive.expectSuccess("history", "current", "--json").objects()
        #expect(history.contains { $0["action"] as? String == "train" })
        #expect(
            try archive.expectSuccess("history", ids[0], "--limit", "1", "--json").objects().count
                == 1)
        #expect(try archive.run("history", "nothing-of-that-name").status == 3)
    }

    @Test func `train, rotate, decode the latent, train on, rotate again and roll back`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 3)
        let first = try archive.expectSuccess("base", "train", "--iterations", "5", "--json")
        #expect(try first.object()["iterationCount"] as? Int == 5)
        #expect(try first.object()["state"] as? String == "candidate")
        #expect(try quality(archive).isEmpty)
        let rotation = try archive.expectSuccess("base", "rotate", "--json").object()
        #expect((rotation["cubes"] as? [[String: Any]])?.count == 3)
        let before = try quality(archive)
        #expect(before.count == 3)

        let path = archive.path("latent.npy")
        let report = try archive.expectSuccess(
            "restore", ids[0], "--from", "latent", "--as", "npy", "-o", path, "--json"
        ).object()
        #expect(report["source"] as? String == "latent")
        #expect(report["psnrDecibels"] as? Double == before[ids[0]])
        #expect(try Samples(npy: path).values.count == 40 * 36 * 24)

        try archive.expectSuccess(
            "base", "train", "--iterations", "60", "--init-from", "1", "--json")
        let second = try archive.expectSuccess("base", "rotate", "--json").object()
        #expect(second["newVersion"] as? Int == 2)
        let after = try quality(archive)
        for id in ids { #expect(try #require(after[id]) >= #require(before[id])) }

        try requireComparison(in: archive, of: ids, before, after)

        let rollback = try archive.expectSuccess("base", "rollback", "--json").object()
        #expect(rollback["newVersion"] as? Int == 1)
        #expect(try quality(archive) == before)
        let again = archive.path("again.npy")
        try archive.expectSuccess(
            "restore", ids[0], "--from", "latent", "--as", "npy", "-o", again)
        #expect(
            try SHA256Hasher.digest(ofFile: again) == SHA256Hasher.digest(ofFile: path),
            "after a rollback the latent decodes to the same bytes as before")
        #expect(try archive.run("check", "--read-data").status == 0)
    }

    @Test func `a new cube gets its latent at ingest once a base network is current`() throws {
        let archive = try TestArchive()
        _ = try archive.ingestScenes(count: 2)
        try archive.expectSuccess("base", "train", "--iterations", "5")
        try archive.expectSuccess("base", "rotate")
        let more = ["--scenes", "1", "--lines", "40", "--samples", "36", "--bands", "24"]
        for (folder, seed) in [("later", "50"), ("last", "60")] {
            let all = ["generate", archive.path(folder), "--seed", seed] + more
            #expect(
                try Program(all, archive: nil, folder: archive.path("")).finish().status == 0)
        }
        let later = try archive.expectSuccess("ingest", archive.path("later"), "--json").object()
        #expect((later["latents"] as? [[String: Any]])?.count == 1)
        #expect(try quality(archive).count == 3)
        let last = try archive.expectSuccess(
            "ingest", archive.path("last"), "--no-latent", "--json"
        ).object()
        #expect((last["latents"] as? [[String: Any]])?.isEmpty == true)
        #expect(
            try archive.expectSuccess("status", "--json").object()["pendingLatentCount"] as? Int
                == 1)
    }

    @Test func `fidelity latent gives up the exact samples once there is a latent`() throws {
        let archive = try TestArchive()
        _ = try archive.ingestScenes(count: 2)
        try archive.expectSuccess("base", "train", "--iterations", "5")
        try archive.expectSuccess("base", "rotate")
        let header = try archive.generate(
            into: "light", "--scenes", "1", "--lines", "40", "--samples", "36", "--bands", "24",
            "--seed", "70")[0]
        try archive.expectSuccess("ingest", header, "--fidelity", "latent", "--discard-exact")
        let cube = try archive.expectSuccess(
            "show", URL(filePath: header).deletingPathExtension().lastPathComponent, "--json"
        ).object()
        #expect(cube["exact"] == nil)
        let id = try #require(cube["id"] as? String)
        #expect(try archive.run("restore", id, "--from", "exact").status == 1)
        try archive.expectSuccess("restore", id, "-o", archive.path("back/"))
        #expect(try archive.run("check", "--read-data").status == 0)
    }

    @Test func `the paper's large scene is counted without an archive`() throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "base", "count", "--bands", "270", "--layers", "5", "--width", "10", "--rows", "7",
            "--columns", "7", "--network-per-row",
        ]
        let text = try Program(arguments, archive: nil, folder: folder.path).finish()
        #expect(text.status == 0)
        #expect(text.output.contains("35308") && text.output.contains("1890"))
        let json = try Program(arguments + ["--json"], archive: nil, folder: folder.path).finish()
        let counts = try json.object()
        #expect(counts["countWithoutOutputBiases"] as? Int == 35_308)
        #expect(counts["count"] as? Int == 37_198)
    }

    @Test func `a base network travels from one archive to another`() throws {
        let archive = try TestArchive()
        _ = try archive.ingestScenes(count: 2)
        try archive.expectSuccess("base", "train", "--iterations", "5")
        let file = archive.path("first.safetensors")
        let export = try archive.expectSuccess("base", "export", "1", file, "--json").object()
        #expect(export["sha256"] as? String == (try SHA256Hasher.digest(ofFile: file)).hexadecimal)
        #expect(try archive.run("base", "export", "1", file).status == 1)
        #expect(try archive.run("base", "export", "8", file, "--force").status == 3)
        let other = try TestArchive()
        let imported = try other.expectSuccess("base", "import", file, "--json").object()
        #expect(imported["digest"] as? String == export["digest"] as? String)
        let own = try archive.expectSuccess("base", "show", "1", "--json").object()
        #expect(imported["family"] as? String == own["family"] as? String)
        let digest = try #require(own["digest"] as? String)
        for name in ["candidate", digest, String(digest.prefix(12))] {
            let shown = try other.expectSuccess("base", "show", name, "--json").object()
            #expect(shown["digest"] as? String == digest)
        }
        #expect(try other.run("base", "show", "current").status == 3)
        #expect(try other.run("base", "import", other.folder + "/cubevault.toml").status != 0)
        #expect(try other.expectSuccess("base", "list", "--json").objects().count == 1)
        #expect(try other.run("base", "show", "1").status == 0)
        #expect(try other.run("base", "show", "2").status == 3)
        #expect(try other.run("base", "rollback").status == 3)
    }
}
