import Archive
import ArgumentParser

/// `cubevault base show`.
struct BaseShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one base network.")

    @OptionGroup var base: BaseArgument
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        let base = try opened.baseReport(base.resolve(in: opened))
        try output.write(base) { BaseFields.text(of: base) }
    }
}
