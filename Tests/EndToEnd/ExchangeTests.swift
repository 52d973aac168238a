import Basics
import Foundation
import TestSupport
import Testing

/// Cubes leave and enter as standard CCSDS 123.0-B-2 streams.
@Suite struct ExchangeTests {
    private static let vectors =
        ProcessInfo.processInfo.environment["CCSDS_VECTORS"]
        ?? packageRoot.deletingLastPathComponent().appending(path: "shared/ccsds-vectors").path
    private static let hasVectors = FileManager.default.fileExists(atPath: vectors)
    private static let cases: [String] = {
        guard let entries = FileManager.default.enumerator(atPath: vectors) else { return [] }
        entries.skipDescendants()
        return entries.compactMap { $0 as? String }
            .filter { $0.hasPrefix("case-") && !$0.contains("/") }.sorted()
    }()

    @Test(arguments: [["bsq", "hybrid"], ["bip", "sample-adaptive"], ["bil", "hybrid"]])
    func `an exported cube imports to the same samples`(_ choice: [String]) throws {
        let archive = try TestArchive()
        let id = try archive.ingestScenes(count: 1)[0]
        let stream = archive.path("scene.c123")
        let report = try archive.expectSuccess(
            "export-ccsds", id, stream, "--order", choice[0], "--coder", choice[1], "--no-search",
            "--json", "--quiet"
        ).object()
        #expect(report["maximumAbsoluteError"] as? Int == 0)
        try archive.expectSuccess(
            "import-ccsds", stream, "-o", archive.path("in.npy"), "--as", "npy")
        try archive.expectSuccess("restore", id, "--as", "npy", "-o", archive.path("out.npy"))
        let samples = try Samples(npy: archive.path("in.npy")).values
        #expect(!samples.isEmpty)
        #expect(try samples == Samples(npy: archive.path("out.npy")).values)
    }

    @Test func `a window, some bands, an error bound and wavelengths go along`() throws {
        let archive = try TestArchive()
        let id = try archive.ingestScenes(count: 1)[0]
        let stream = archive.path("crop.c123")
        let part = ["--window", "3,5,20,10", "--bands", "7,2-4"]
        let report = try archive.run(
            ["export-ccsds", id, stream, "--max-error", "3", "--wavelengths", "--json", "--quiet"]
                + part
        ).object()
        let error = try #require(report["maximumAbsoluteError"] as? Int)
        #expect((1...3).contains(error))
        try archive.expectSuccess("import-ccsds", stream, "-o", archive.path("crop.img"))
        let header = try String(contentsOfFile: archive.path("crop.hdr"), encoding: .utf8)
        #expect(header.contains("wavelength = {"))
        let restored = try archive.run(
            ["restore", id, "--as", "envi", "-o", archive.path("truth.img")] + part)
        #expect(restored.status == 0)
        let truth = try Samples(raw: archive.path("truth.img")).values
        let guess = try Samples(raw: archive.path("crop.img")).values
        try #require(truth.count == 20 * 10 * 4 && guess.count == truth.count)
        #expect(zip(truth, guess).allSatisfy { abs(Int($0) - Int($1)) <= 3 })
        try archive.expectSuccess("ingest", archive.path("crop.img"), "--no-latent", "--quiet")
        #expect(try archive.ids().count == 2)
    }

    @Test func `a damaged stream, a wrong header and an existing file are refused`() throws {
        let archive = try TestArchive()
        let id = try archive.ingestScenes(count: 1)[0]
        let stream = archive.path("scene.c123")
        try archive.expectSuccess("export-ccsds", id, stream, "--no-search", "--quiet")
        #expect(try archive.run("export-ccsds", id, stream, "--no-search", "--quiet").status == 1)
        let bytes = try Data(contentsOf: URL(filePath: stream))
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: archive.path("half.c123")))
        let half = try archive.run(
            "import-ccsds", archive.path("half.c123"), "-o", archive.path("half.img"))
        #expect(half.status == 4)
        #expect(!FileManager.default.fileExists(atPath: archive.path("half.img")))
        try Data("ENVI\nsamples = 2\nlines = 2\nbands = 2\ndata type = 12\ninterleave = bsq\n".utf8)
            .write(to: URL(filePath: archive.path("other.hdr")))
        let wrong = try archive.run(
            "import-ccsds", stream, "--hdr", archive.path("other.hdr"), "-o",
            archive.path("wrong.img"))
        #expect(wrong.status == 2)
    }

    @Test(.enabled(if: hasVectors, "no reference streams: set CCSDS_VECTORS to their folder"))
    func `reference streams import to what their conforming decoder gives`() throws {
        let archive = try TestArchive()
        try #require(Self.cases.count >= 10)
        for name in Self.cases {
            let folder = Self.vectors + "/" + name
            let json = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(filePath: folder + "/params.json")))
            let description = try #require(json as? [String: Any])
            let parameters = try #require(description["parameters"] as? [String: Any])
            let decoded = try #require(description["decoded"] as? [String: Any])
            let output = archive.path(name + ".img")
            try archive.expectSuccess(
                "import-ccsds", folder + "/expected.c123", "-o", output, "--quiet")
            let depth = try #require(parameters["D"] as? Int)
            let isSigned = parameters["sample_type"] as? String == "signed"
            let found = Array(try Data(contentsOf: URL(filePath: output)))
            let raw = isSigned && depth <= 8 ? lowBytes(found) : found
            #expect(
                SHA256Hasher.digest(of: raw).hexadecimal == decoded["sha256"] as? String,
                "\(name)")
            if parameters["quantizer_fidelity_control_method"] as? String == "lossless" {
                #expect(
                    try raw == Array(Data(contentsOf: URL(filePath: folder + "/input.raw"))),
                    "\(name)")
            }
        }
    }

    /// The samples in one byte where ENVI has none of 8 bits and a sign.
    private func lowBytes(_ bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] }
    }
}
