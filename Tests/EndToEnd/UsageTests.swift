import Foundation
import TestSupport
import Testing

/// What scripts see of mistakes: exit statuses, and where words go.
@Suite struct UsageTests {
    @Test(arguments: [
        ["search", "--no-such-option"], ["no-such-verb"], ["search", "--wavelength", "900..400"],
        ["search", "--bands", "x.."], ["search", "--bbox", "1,2,3"],
        ["search", "--since", "yesterday"], ["search", "--since", "2024-02-30"],
        ["search", "--sort", "colour"], ["search", "--limit", "-1"],
        ["search", "--tag", "novalue"],
        ["restore", "abcd", "--window", "0,0,0,5"], ["restore", "abcd", "--bands", "5,-1"],
        ["restore", "abcd", "--bands", "9-5"], ["restore", "abcd", "--as", "jpeg"],
        ["restore", "abcd", "--window", "1,0,9223372036854775807,1"],
        ["base", "train", "--iterations", "0"], ["base", "train", "--time-limit", "nan"],
        ["base", "count"], ["base", "count", "--bands", "5", "--rows", "0"],
        ["retry"], ["retry", "x", "--all"], ["generate"], ["tag", "abcd"],
    ])
    func `a command that makes no sense ends with status 2 and says nothing on standard output`(
        arguments: [String]
    ) throws {
        let folder = try TemporaryFolder()
        let result = try Program(arguments, archive: folder.path, folder: folder.path).finish()
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(!result.errors.isEmpty)
    }

    @Test func `without an archive a command says how to name one`() throws {
        let folder = try TemporaryFolder()
        let result = try Program(["status"], archive: nil, folder: folder.path).finish()
        #expect(result.status == 2)
        #expect(result.errors.contains("CUBEVAULT_ARCHIVE"))
    }

    @Test func `a folder without a marker is no archive, whatever else is in it`() throws {
        let folder = try TemporaryFolder()
        for verb in [["search"], ["status"], ["check"], ["ingest", "x.hdr"], ["base", "train"]] {
            let result = try Program(verb, archive: folder.path, folder: folder.path).finish()
            #expect(result.status == 3, "\(verb)")
            #expect(result.errors.contains("mounted"))
        }
        // A command must not have made anything there.
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.allSatisfy { $0.hasPrefix("run-") })
    }

    @Test func `init refuses a folder that holds something`() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine.txt", [1])
        let result = try Program(["init", folder.path], archive: nil, folder: folder.path).finish()
        #expect(result.status == 1)
        #expect(result.errors.contains("not empty"))
    }

    @Test func `with --json an error is an object with its exit status`() throws {
        let archive = try TestArchive()
        let result = try archive.run("show", "0123456789ab", "--json")
        #expect(result.status == 3)
        #expect(result.output.isEmpty)
        let error = try result.errorObject()
        #expect(error.keys.sorted() == ["error", "exitStatus"])
        #expect(error["exitStatus"] as? Int == 3)
        let usage = try archive.run("search", "--sort", "colour", "--json")
        #expect(try usage.errorObject()["exitStatus"] as? Int == 2)
    }

    @Test func `help is on standard output and is a success`() throws {
        let folder = try TemporaryFolder()
        let verbs = [
            "restore", "search", "ingest", "base", "status", "gc", "generate", "inspect",
        ]
        for verb in verbs {
            let result = try Program(
                ["help", verb], archive: nil, folder: folder.path
            ).finish()
            #expect(result.status == 0)
            #expect(result.output.contains("xample"), "\(verb) has no example")
            #expect(result.errors.isEmpty)
        }
        let version = try Program(["--version"], archive: nil, folder: folder.path).finish()
        #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell's completion script is printed`(shell: String) throws {
        let folder = try TemporaryFolder()
        let result = try Program(
            ["--generate-completion-script", shell], archive: nil, folder: folder.path
        ).finish()
        #expect(result.status == 0)
        #expect(result.output.contains("quicklook"))
    }
}
