import Archive
import ArgumentParser

/// `cubevault retry`.
struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Move failed drops back into the ingest folder, to be taken again.",
        discussion: """
            Examples:
              cubevault retry scene7.hdr         one of the names that 'cubevault failed' lists
              cubevault retry --all

            The daemon takes them; where none runs, 'cubevault daemon --once' does.
            """)

    /// What `--json` writes; its keys are part of the interface.
    private struct Report: Encodable {
        var paths: [String]
    }

    @Argument(help: "A file name in DIR/failed; its partner comes along.")
    var name: String?

    @Flag(help: "Every failed drop.")
    var all = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (name == nil) != all { throw ValidationError("name one drop or say --all") }
    }

    func run() throws {
        let drops = FailedDrops(try archive.open().layout)
        if let name, !(try drops.all().contains { $0.files.contains(name) }) {
            throw CommandLineError.notThere(what: "failed drop called '\(name)'")
        }
        let report = Report(paths: try drops.retry(name))
        try output.write(report) {
            if report.paths.isEmpty { return "no failed drops\n" }
            return report.paths.map { "moved back to \(PrintableText.line($0))\n" }.joined()
        }
    }
}
