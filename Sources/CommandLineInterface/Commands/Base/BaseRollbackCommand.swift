import Archive
import ArgumentParser

/// `cubevault base rollback`.
struct BaseRollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Make the previous base network current again, with the latents of then.",
        discussion: "Nothing is decoded or encoded, so it takes no time.")

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let report = try WriterTask(archive: archive, output: output).perform(
            .rollback, as: RollbackReport.self, advice: "the archive is consistent")
        try output.write(report) {
            "base network \(report.newVersion) is current again, after \(report.oldVersion); "
                + "\(FigureFormat.count(report.restoredCubeCount, "latent")) restored\n"
        }
    }
}
