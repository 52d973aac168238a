import Archive
import ArgumentParser
import Basics
import Foundation
import Pictures

/// `cubevault base compare`.
struct BaseCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare what two base networks make of every cube.",
        discussion: """
            Every cube that was encoded against either is listed with its PSNR and the bits of its \
            latent, turned-down encodings included; nothing is encoded for it. Means are over the \
            cubes that were encoded against both.

            Examples:
              cubevault base compare previous current
              cubevault base compare 1 2 -o compare.png
            """)

    @Argument(help: "One version, as 'cubevault base show' takes it.")
    var first: String

    @Argument(help: "The other version.")
    var second: String

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Draw PSNR and bits per cube to this PNG file.", valueName: "file"),
        completion: .file(extensions: ["png"]))
    var outputPath: String?

    @Flag(help: "Replace the file where it is there already.")
    var force = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        let comparison = try opened.compareBases(
            opened.resolveBase(first), opened.resolveBase(second))
        if let outputPath {
            if !force, FileManager.default.fileExists(atPath: outputPath) {
                throw CommandLineError.outputExists(path: outputPath)
            }
            guard let plot = ComparisonPlot(comparison) else {
                throw CommandLineError.badRequest(
                    reason: "there is nothing to draw: no cube was encoded against both")
            }
            try DurableFile.write(plot.picture().png(), to: outputPath)
        }
        try output.write(comparison) {
            ComparisonText.text(of: comparison, width: Console.outputWidth)
                + (outputPath.map { "wrote \($0)\n" } ?? "")
        }
    }
}
