import Archive
import ArgumentParser
import Foundation

/// `cubevault base import`.
struct BaseImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a base network from a file and keep it as a candidate.",
        discussion: """
            The file is a safetensors file, from 'cubevault base export' or from PyTorch \
            (docs/FORMAT.md says how). It is refused, and the archive stays as it is, where a \
            tensor is missing, foreign, of the wrong shape or not finite, or where its golden \
            latents do not decode here to the samples that the file states.

            Example:
              cubevault base import vnir-3.safetensors
              cubevault base rotate
            """)

    @Argument(help: "The safetensors file.", completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp(
            "The family that it is numbered in; the file's own where it is left out.",
            valueName: "name"))
    var family: String?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        // The process that does it may have another current folder.
        let path = URL(filePath: file).standardizedFileURL.path
        let base = try WriterTask(archive: archive, output: output).perform(
            .importBase(path: path, family: family), as: BaseReport.self,
            advice: "the archive is consistent")
        try output.write(base) {
            BaseFields.text(of: base) + "\n'cubevault base rotate' puts it into use\n"
        }
    }
}
