import Archive
import ArgumentParser
import Basics

/// `cubevault base export`.
struct BaseExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a base network to a safetensors file.",
        discussion: """
            Any program that reads safetensors reads it; docs/FORMAT.md lists the tensors, and \
            how to write such a file from PyTorch.

            Examples:
              cubevault base export current vnir.safetensors
              cubevault base export 3 vnir-3.safetensors
            """)

    /// What `--json` writes; its keys are part of the interface.
    private struct Report: Encodable {
        var version: Int
        var digest: String
        var path: String
        var byteCount: Int
        var sha256: String
    }

    @OptionGroup var base: BaseArgument

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Flag(help: "Replace the file where it is there already.")
    var force = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        let base = try opened.baseReport(base.resolve(in: opened))
        let written = try opened.exportBase(base.version, to: file, replacing: force)
        let report = Report(
            version: base.version, digest: base.digest.hexadecimal, path: file,
            byteCount: written.byteCount, sha256: written.sha256.hexadecimal)
        try output.write(report) {
            "wrote \(file): base network \(base.version) "
                + "(\(FigureFormat.shortID(report.digest))), \(written.byteCount) bytes, "
                + "SHA-256 \(report.sha256)\n"
        }
    }
}
