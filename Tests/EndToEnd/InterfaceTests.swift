import Foundation
import TestSupport
import Testing

/// The keys that scripts rely on. A change here is a change of the interface.
@Suite struct InterfaceTests {
    private func keys(_ result: ProgramResult) throws -> [String] {
        KeyPaths.all(of: try result.json())
    }

    private static let geometry = ["geometry.bands", "geometry.lines", "geometry.samples"]

    @Test func `the keys of every verb are the documented ones`() throws {
        let archive = try TestArchive()
        let ids = try archive.ingestScenes(count: 2)
        try archive.expectSuccess("tag", ids[0], "--collection", "lakes", "site=Potsdam")
        let train = try archive.expectSuccess("base", "train", "--iterations", "5", "--json")
        #expect(
            try keys(train) == [
                "byteCount", "companions[].grid", "companions[].hiddenLayerCount",
                "companions[].hiddenWidth", "companions[].latentCount",
                "companions[].parameterCount", "cubeCount", "digest", "family", "goldenSHA256",
                "grid",
                "hiddenLayerCount", "hiddenWidth", "highestWavelengthNanometers",
                "iterationCount", "latentCoding", "latentCount", "lowestWavelengthNanometers",
                "number", "omega", "outputCount", "parameterCount", "state", "storedByteCount",
                "trainedAt", "trainingCubeCount", "trainingSeconds", "trainingSeed", "version",
            ])
        #expect(
            try keys(archive.expectSuccess("base", "rotate", "--json")) == [
                "cubes[].grid", "cubes[].id", "cubes[].latentByteCount", "cubes[].name",
                "cubes[].newPSNRDecibels",
                "cubes[].outcome", "gate.cubes[].id", "gate.cubes[].isHeldOut",
                "gate.cubes[].name", "gate.cubes[].newBitsPerSample",
                "gate.cubes[].newPSNRDecibels", "gate.cubes[].newSeconds", "gate.cubes[].sensor",
                "gate.isWon", "gate.newlyCoveredCubeCount", "gate.objections",
                "gate.referencePSNRDecibels", "gate.version", "gate.worseCubeCount", "isRefused",
                "newVersion", "pendingCubeCount",
            ])
        try expectSearchAndShow(archive, ids[0])
        try expectCare(archive)
        try expectFiles(archive, ids[0])
    }

    private func expectSearchAndShow(_ archive: TestArchive, _ id: String) throws {
        let search = try archive.expectSuccess("search", "--collection", "lakes", "--json")
        let common = [
            "acquisitionTime", "collection", "fidelity", "format", "id", "ingestedAt", "name",
            "sampleType", "sensor", "sourceByteCount",
        ]
        let listed =
            common + Self.geometry + [
                "baseVersion", "bounds.east", "bounds.north", "bounds.south", "bounds.west",
                "exactStoredByteCount", "highestWavelengthNanometers", "latentByteCount",
                "latentPSNRDecibels", "lowestWavelengthNanometers", "maximumAbsoluteError",
                "tags.site",
            ]
        #expect(try keys(search) == listed.map { "[]." + $0 }.sorted())
        let show = try keys(archive.expectSuccess("show", id, "--json"))
        let expected =
            common + Self.geometry + [
                "bands[].fwhmNanometers", "bands[].index", "bands[].isGood",
                "bands[].wavelengthNanometers", "exact.bitsPerSample", "exact.blob.path",
                "exact.blob.contentByteCount", "exact.blob.sha256", "exact.blob.storedByteCount",
                "exact.maximumAbsoluteError", "exact.storedByteCount", "isLatentPending",
                "latent.baseByteCount", "latent.baseCubeCount", "latent.baseShareBitsPerSample",
                "latent.baseVersion", "latent.bitsPerSample", "latent.byteCount",
                "latent.createdAt", "latent.encodeSeconds", "latent.grid",
                "latent.maximumAbsoluteError",
                "latent.meanSpectralAngleDegrees", "latent.meanSquaredError",
                "latent.psnrDecibels", "latent.totalBitsPerSample", "latent.validSampleCount",
                "sampleCount", "tags.site", "text",
            ]
            + ["byteCount", "fileName", "modifiedAt", "role", "sha256", "storage"].map {
                "sourceFiles[]." + $0
            }
        let open = show.filter {
            !$0.hasPrefix("georeference") && !$0.hasPrefix("events[]")
                && !$0.hasPrefix("sourceFiles[].blobs")
        }
        #expect(open == expected.sorted())
    }

    private func expectCare(_ archive: TestArchive) throws {
        #expect(
            try keys(archive.expectSuccess("status", "--json")) == [
                "baseByteCount", "blobByteCount", "cubeCount", "currentBase", "exactByteCount",
                "failedDropCount", "folder", "jobs.cancelled", "jobs.done", "jobs.failed",
                "jobs.queued", "jobs.running", "latentByteCount", "pendingLatentCount", "progress",
                "rotation.cubeCount", "rotation.finishedAt", "rotation.flippedCubeCount",
                "rotation.remainingCubeCount", "rotation.startedAt", "rotation.state",
                "rotation.version", "sampleCount", "sourceByteCount", "trial.at",
                "trial.cubeCount", "trial.objections", "trial.outcome", "trial.version",
            ])
        #expect(
            try keys(archive.expectSuccess("check", "--json")) == [
                "blobCount", "cubeCount", "problems", "unreferencedBlobCount", "verifiedByteCount",
            ])
        #expect(
            try keys(archive.expectSuccess("ingest", archive.path("scenes"), "--json")) == [
                "cubes[].geometry.bands", "cubes[].geometry.lines", "cubes[].geometry.samples",
                "cubes[].id", "cubes[].name", "cubes[].outcome", "cubes[].path", "cubes[].seconds",
                "cubes[].sourceByteCount", "cubes[].sourcePaths", "cubes[].storedByteCount",
                "cubes[].warnings", "failures", "latents", "skipped",
            ])
    }

    private func expectFiles(_ archive: TestArchive, _ id: String) throws {
        let restore = try archive.expectSuccess(
            "restore", id, "-o", archive.path("back/"), "--json")
        let restored =
            [
                "files[].byteCount", "files[].equalsSource", "files[].path", "files[].sha256",
                "format", "id", "maximumAbsoluteError", "name", "seconds", "source",
            ] + Self.geometry
        #expect(try keys(restore) == restored.sorted())
        let picture = archive.path("look.png")
        let quicklook = try archive.expectSuccess(
            "quicklook", id, "-o", picture, "--from", "both", "--json")
        #expect(
            try keys(quicklook) == [
                "bandIndices", "baseVersion", "height", "id", "name", "path", "width",
            ])
        let bytes = try Data(contentsOf: URL(filePath: picture))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let again = try archive.run("quicklook", id, "-o", picture)
        #expect(again.status == 1)
        let inspect = try archive.expectSuccess("inspect", archive.path("back"), "--json")
        let inspected =
            [
                "files", "format", "interleave", "isCatalogued", "longestWavelengthNanometers",
                "path", "sampleType", "shortestWavelengthNanometers", "warnings",
            ] + Self.geometry
        #expect(try keys(inspect) == inspected.map { "[]." + $0 }.sorted())
    }

    @Test func `progress is lines of JSON on standard error, and none with --quiet`() throws {
        let archive = try TestArchive()
        try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "40", "--samples", "36", "--bands", "24")
        let loud = try archive.expectSuccess("ingest", archive.path("scenes"), "--json")
        let lines = loud.errors.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let report = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(
                report.keys.sorted() == [
                    "activity", "completedCount", "figures", "subject", "totalCount", "unit",
                ])
        }
        #expect(try archive.expectSuccess("check", "--read-data", "--quiet").errors.isEmpty)
    }

    @Test func `text for people comes without escape sequences from a hostile header`() throws {
        let archive = try TestArchive()
        let header = try archive.generate(
            into: "scenes", "--scenes", "1", "--lines", "4", "--samples", "5", "--bands", "3")[0]
        let text = try String(contentsOfFile: header, encoding: .utf8)
        try (text + "sensor type = Evil\u{1B}[2JSensor\n").write(
            toFile: header, atomically: true, encoding: .utf8)
        try archive.expectSuccess("ingest", header)
        let id = try archive.ids()[0]
        for verb in [["search"], ["show", id]] {
            let result = try Program(
                verb, archive: archive.folder, folder: archive.path("")
            ).finish()
            #expect(result.status == 0)
            #expect(!result.output.contains("\u{1B}"))
        }
    }
}
