import Basics
import Foundation
import TestSupport
import Testing

/// Finding cubes, and naming them.
@Suite struct SearchTests {
    @Test func `every filter selects what it says`() throws {
        let archive = try TestArchive()
        try archive.generate(
            into: "a", "--scenes", "2", "--lines", "6", "--samples", "7", "--bands", "12")
        try archive.generate(
            into: "b", "--scenes", "1", "--sensor", "full", "--lines", "6", "--samples", "7",
            "--bands", "30", "--seed", "9")
        try archive.expectSuccess("ingest", archive.path("a"), archive.path("b"))
        func count(_ arguments: String...) throws -> Int {
            let run = try Program(
                ["search", "--json"] + arguments, archive: archive.folder,
                folder: archive.path("")
            ).finish()
            return try run.objects().count
        }
        #expect(try count() == 3)
        #expect(try count("--sensor", "vnir") == 2)
        #expect(try count("--bands", "13..") == 1)
        #expect(try count("--bands", "..12") == 2)
        #expect(try count("--bands", "30") == 1)
        #expect(try count("--wavelength", "450..2400") == 1)
        #expect(try count("--wavelength", "450..900") == 3)
        #expect(try count("--text", "synthetic") == 3)
        #expect(try count("--text", "volcano") == 0)
        #expect(try count("--bbox", "-180,-90,180,90") == 3)
        #expect(try count("--limit", "1") == 1)
        #expect(try count("--since", "1900") == 3)
        #expect(try count("--until", "1900") == 0)
        let cubes = try archive.expectSuccess("search", "--sort", "name:desc", "--json").objects()
        let names = cubes.compactMap { $0["name"] as? String }
        #expect(names == names.sorted(by: >))
        let day = try #require(cubes[0]["acquisitionTime"] as? String).prefix(10)
        #expect(try count("--since", String(day), "--until", String(day)) >= 1)
        #expect(try count("--until", day + "T00:00:00Z", "--since", String(day)) == 0)
    }

    @Test func `a cube goes by any unique prefix of its ID and by its name`() throws {
        let archive = try TestArchive()
        let id = try archive.ingestScenes(count: 1)[0]
        let name = try #require(
            try archive.expectSuccess("show", id, "--json").object()["name"] as? String)
        for text in [String(id.prefix(4)), String(id.prefix(9)).uppercased(), name] {
            let cube = try archive.expectSuccess("show", text, "--json").object()
            #expect(cube["id"] as? String == id)
        }
        #expect(try archive.run("show", "00000000").status == 3)
        #expect(try archive.run("restore", "00000000").status == 3)
        #expect(try archive.run("show", String(id.prefix(3))).status == 2)
    }

    /// The search for two cubes whose IDs begin alike also holds the ID to its definition: the
    /// SHA-256 of `cubevault cube 1`, and a line of role and digest per file.
    @Test func `an ambiguous prefix is refused and lists the candidates`() throws {
        let archive = try TestArchive()
        let (first, second, prefix) = try Self.filesWithLikeIDs()
        let folder = archive.path("twins")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Data(first).write(to: URL(filePath: folder + "/first.npy"))
        try Data(second).write(to: URL(filePath: folder + "/second.npy"))
        try archive.expectSuccess("ingest", folder)
        let result = try archive.run("show", prefix)
        #expect(result.status == 2)
        #expect(result.errors.contains("first") && result.errors.contains("second"))
        #expect(try archive.run("show", "first").status == 0)
    }

    private static func filesWithLikeIDs() throws -> ([UInt8], [UInt8], String) {
        var seen: [String: [UInt8]] = [:]
        for number in 0..<20_000 {
            let file = npyFile(samples: [UInt16(number), 1, 2, 3, 4, 5])
            let digest = SHA256Hasher.digest(of: file)
            let text = "cubevault cube 1\ncontainer \(digest)\n"
            let prefix = String(SHA256Hasher.digest(of: Array(text.utf8)).hexadecimal.prefix(4))
            if let other = seen[prefix] { return (other, file, prefix) }
            seen[prefix] = file
        }
        throw POSIXError(.ERANGE)
    }

    /// 1 line x 2 samples x 3 bands.
    private static func npyFile(samples: [UInt16]) -> [UInt8] {
        let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (1, 2, 3), }"
        let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        var file = ByteWriter()
        file.write(bytes: [0x93])
        file.write(magic: "NUMPY")
        file.write(bytes: [1, 0])
        file.write(UInt16(header.utf8.count))
        file.write(magic: header)
        for sample in samples { file.write(sample) }
        return file.bytes
    }
}
