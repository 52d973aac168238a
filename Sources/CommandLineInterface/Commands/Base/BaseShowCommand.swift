import Archive
import ArgumentParser

/// `cubevault base show`.
struct BaseShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one base network.",
        discussion: "Where it was tried against another, what the latest trial found is shown too.")

    @OptionGroup var base: BaseArgument
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        var base = try opened.baseReport(base.resolve(in: opened))
        base.trial = try opened.trialReport(of: base.version)
        try output.write(base) {
            BaseFields.text(of: base)
                + (base.trial.map { trial in
                    "\ntried \(FigureFormat.time(trial.at)): \(trial.outcome)\n\n"
                        + GateText.text(of: trial.gate, width: Console.outputWidth)
                } ?? "")
        }
    }
}
