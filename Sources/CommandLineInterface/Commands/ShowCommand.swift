import Archive
import ArgumentParser
import Basics
import Catalog
import Cube
import Pictures

/// `cubevault show`.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show everything that the archive knows of one cube.",
        discussion: """
            Rates are bits per pixel per band (bpppb), from the real bytes on disk: the latent's \
            own, the cube's share of the base network, and their sum. On a terminal the spectrum \
            of the centre pixel is drawn as well.

            Examples:
              cubevault show 3f2a91
              cubevault show 3f2a91 --json | jq .latent.psnrDecibels
            """)

    @OptionGroup var cube: CubeArgument
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        let id = try cube.resolve(in: opened)
        let report = try CubeReport(id, in: opened)
        try output.write(report) {
            let text = CubeText.text(of: report)
            guard let width = Console.outputWidth else { return text }
            return try text + spectrum(of: id, in: opened, width: width)
        }
    }

    /// The centre pixel, where there are samples to draw it from.
    private func spectrum(of id: SHA256Digest, in archive: Archive, width: Int) throws -> String {
        let cube = try archive.catalog.cube(id)
        let geometry = cube.description.geometry
        let (line, sample) = (geometry.lines / 2, geometry.samples / 2)
        let window = CubeWindow(lines: line..<line + 1, samples: sample..<sample + 1)
        let block = try archive.samples(of: cube, from: .best).source
            .read(window, bandIndices: Array(0..<geometry.bands))
        let nodata = cube.description.nodataValue
        let drawing = TerminalSpectrum(columnCount: min(width, 100), rowCount: 12)
        let lines = drawing.lines(
            values: block.doubles().map { $0 == nodata ? .nan : $0 },
            wavelengthsNanometers: cube.description.wavelengthsNanometers)
        return "\nspectrum of line \(line), sample \(sample)\n"
            + lines.map { $0 + "\n" }.joined()
    }
}
