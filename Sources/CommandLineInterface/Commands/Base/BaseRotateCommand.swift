import Archive
import ArgumentParser

/// `cubevault base rotate`.
struct BaseRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make a base network current and encode every cube against it.",
        discussion: """
            Without a version the newest candidate is taken; where there is none, a rotation that \
            was interrupted goes on. Every cube is encoded from its exact samples, measured over \
            every sample, and switched only where the new latent is better.

            Examples:
              cubevault base rotate
              cubevault base rotate 4
            """)

    @Argument(help: "The version; the newest candidate where it is left out.")
    var version: String?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let report = try WriterTask(archive: archive, output: output).perform(
            .rotate(version: try version.map { try archive.open().resolveBase($0) }),
            as: RotationReport.self,
            advice: "every cube has a valid latent, old or new, or none yet; "
                + "'cubevault base rotate' goes on")
        try output.write(report) { text(report) }
    }

    private func text(_ report: RotationReport) -> String {
        let from = report.oldVersion.map { $0 == report.newVersion ? "" : ", before it \($0)" }
        return EncodingTable.text(of: report.cubes, width: Console.outputWidth)
            + "base network \(report.newVersion) is current\(from ?? ""): "
            + "\(FigureFormat.count(report.flippedCubeCount, "latent")) written, "
            + "\(report.keptCubeCount) kept\n"
    }
}
