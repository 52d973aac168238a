import Archive
import ArgumentParser
import Basics

/// `cubevault base list`.
struct BaseListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all base networks, the newest first.")

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let bases = try archive.open().baseReports()
        try output.write(bases) {
            bases.isEmpty
                ? "no base network yet: 'cubevault base train' makes the first\n" : table(bases)
        }
    }

    private func table(_ bases: [BaseReport]) -> String {
        var table = OutputTable([
            .init(title: "VERSION", isNumeric: true), .init(title: "SHA-256"),
            .init(title: "FAMILY", isFlexible: true, expendability: 3), .init(title: "STATE"),
            .init(title: "TRAINED", expendability: 3),
            .init(title: "K", isNumeric: true, expendability: 2),
            .init(title: "WIDTH", isNumeric: true, expendability: 2),
            .init(title: "LATENT", isNumeric: true, expendability: 2),
            .init(title: "OUTPUTS", isNumeric: true, expendability: 2),
            .init(title: "GRID", isFlexible: true, expendability: 4),
            .init(title: "BYTES", isNumeric: true, expendability: 1),
            .init(title: "CUBES", isNumeric: true), .init(title: "MEAN PSNR", isNumeric: true),
        ])
        for base in bases {
            table.add([
                "\(base.version)", FigureFormat.shortID(base.digest.hexadecimal),
                "\(base.family)/\(base.number)", base.state, FigureFormat.time(base.trainedAt),
                "\(base.hiddenLayerCount)", "\(base.hiddenWidth)", "\(base.latentCount)",
                "\(base.outputCount)", base.grid, ByteCountFormat.text(base.byteCount),
                "\(base.cubeCount)",
                base.meanPSNRDecibels.map(FigureFormat.decibels) ?? FigureFormat.none,
            ])
        }
        return table.text(width: Console.outputWidth)
    }
}
