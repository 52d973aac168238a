import Archive
import ArgumentParser

/// `cubevault base show`.
struct BaseShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one base network.")

    @Argument(help: "Its version.")
    var version: Int

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let base = try archive.open().baseReport(version)
        try output.write(base) { BaseFields.text(of: base) }
    }
}
