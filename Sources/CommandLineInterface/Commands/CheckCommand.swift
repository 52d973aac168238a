import Archive
import ArgumentParser
import Basics

/// `cubevault check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Prove that the archive is sound, changing nothing.",
        discussion: """
            Checks the catalog, and that every blob it names is there with the right size. With \
            --read-data every blob is also read from the disk and compared with its SHA-256, and \
            every cube and latent is decoded.

            Exit status 4 where anything is wrong; each problem is listed.

            Examples:
              cubevault check
              cubevault check --read-data --json > report.json
            """)

    @Flag(help: "Read and decode everything; takes as long as reading the archive does.")
    var readData = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        let progress = output.makeProgress()
        let report = try SignalWatch.guarding(
            advice: "nothing was changed; run 'cubevault check' again"
        ) { stop in
            defer { progress.finish() }
            return try Checker(opened).check(
                readsData: readData, stop: stop, progress: progress.sink)
        }
        try output.write(report) { text(report) }
        if !report.isSound { throw ExitCode(ExitStatus.damaged.rawValue) }
    }

    private func text(_ report: CheckReport) -> String {
        let cubes = FigureFormat.count(report.cubeCount, "cube")
        let blobs = FigureFormat.count(report.blobCount, "blob")
        let read =
            readData ? ", \(ByteCountFormat.text(report.verifiedByteCount)) read and proved" : ""
        let scope = "checked \(cubes) and \(blobs)\(read)\n"
        let leftovers =
            report.unreferencedBlobCount == 0
            ? ""
            : FigureFormat.count(report.unreferencedBlobCount, "unreferenced blob")
                + ": harmless leftovers of interrupted work\n"
        if report.isSound { return scope + leftovers + "no problems\n" }
        var table = OutputTable([
            .init(title: "KIND"), .init(title: "OBJECT", isFlexible: true),
            .init(title: "PROBLEM"),
        ])
        for problem in report.problems {
            table.add([problem.kind, problem.object, problem.reason])
        }
        return table.text(width: Console.outputWidth) + "\n" + scope + leftovers
            + FigureFormat.count(report.problems.count, "problem") + "\n"
    }
}
