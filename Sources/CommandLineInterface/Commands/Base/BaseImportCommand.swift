import Archive
import ArgumentParser
import Foundation

/// `cubevault base import`.
struct BaseImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a base network from a file and keep it as a candidate.",
        discussion: """
            Example:
              cubevault base import vnir-3.base
              cubevault base rotate
            """)

    @Argument(help: "A file that 'cubevault base export' wrote.", completion: .file())
    var file: String

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        // The process that does it may have another current folder.
        let path = URL(filePath: file).standardizedFileURL.path
        let base = try WriterTask(archive: archive, output: output).perform(
            .importBase(path: path), as: BaseReport.self, advice: "the archive is consistent")
        try output.write(base) {
            BaseFields.text(of: base) + "\n'cubevault base rotate' puts it into use\n"
        }
    }
}
