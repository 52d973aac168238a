import Archive
import ArgumentParser
import Basics

/// `cubevault base export`.
struct BaseExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a base network to a file.",
        discussion: """
            Example:
              cubevault base export 3 vnir-3.base
            """)

    /// What `--json` writes; its keys are part of the interface.
    private struct Report: Encodable {
        var version: Int
        var path: String
        var byteCount: Int
        var sha256: String
    }

    @Argument(help: "Its version.")
    var version: Int

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Flag(help: "Replace the file where it is there already.")
    var force = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        let base = try opened.baseReport(version)
        try opened.exportBase(version, to: file, replacing: force)
        let report = Report(
            version: version, path: file, byteCount: base.byteCount,
            sha256: base.digest.hexadecimal)
        try output.write(report) {
            "wrote \(file): base network \(version), \(base.byteCount) bytes, "
                + "SHA-256 \(report.sha256)\n"
        }
    }
}
