import Archive
import ArgumentParser
import Basics
import Catalog
import Cube
import Foundation
import Pictures

/// `cubevault quicklook`.
struct QuicklookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quicklook", abstract: "Draw a cube as a small colour picture.",
        discussion: """
            Natural colours where the cube's bands have them, else three bands spread over the \
            spectrum. 'both' draws the exact samples on the left and the latent's reconstruction \
            on the right, with the same stretch. With --wavelengths, exact samples are those of \
            the nearest bands, and a latent is decoded at the wavelengths themselves.

            Examples:
              cubevault quicklook 3f2a91 -o scene.png
              cubevault quicklook 3f2a91 -o compare.png --from both --size 600
              cubevault quicklook 3f2a91 -o false-colour.png --wavelengths 860,650,550
            """)

    /// Where the samples come from.
    enum Source: String, ExpressibleByArgument, CaseIterable {
        case best, exact, latent, both
    }

    /// What `--json` writes; its keys are part of the interface.
    private struct Report: Encodable {
        var id: String
        var name: String
        var path: String
        var width: Int
        var height: Int
        var bandIndices: [Int]
        var wavelengthsNanometers: [Double]?
        var baseVersion: Int?
    }

    /// What was drawn.
    private struct Drawing {
        var picture: Picture
        /// Bands of the cube; of those that a latent was decoded at, their places in the list.
        var bandIndices: [Int]
        var wavelengthsNanometers: [Double]?
        /// Nil where no latent was decoded.
        var baseVersion: Int?
    }

    @OptionGroup var cube: CubeArgument

    @Option(
        name: .customShort("o"), help: ArgumentHelp("The PNG file to write.", valueName: "file"),
        completion: .file(extensions: ["png"]))
    var outputPath: String

    @Option(
        help: ArgumentHelp(
            "Where the samples come from: best, exact, latent or both.", valueName: "source"))
    var from = Source.best

    @Option(
        help: ArgumentHelp(
            "Three wavelengths in nanometres to show as red, green and blue.", valueName: "list"))
    var wavelengths: WavelengthList?

    @Option(help: ArgumentHelp("Longest side in pixels.", valueName: "n"))
    var size = 1024

    @Flag(help: "Replace the file where it is there already.")
    var force = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (16...16_384).contains(size) else {
            throw ValidationError("--size must be 16 to 16384")
        }
        if let wavelengths, wavelengths.nanometers.count != 3 {
            throw ValidationError("--wavelengths takes three: for red, green and blue")
        }
    }

    func run() throws {
        let opened = try archive.open()
        let record = try opened.catalog.cube(cube.resolve(in: opened))
        if !force, FileManager.default.fileExists(atPath: outputPath) {
            throw CommandLineError.outputExists(path: outputPath)
        }
        let progress = output.makeProgress()
        let drawing = try SignalWatch.guarding(advice: "nothing was written") { stop in
            defer { progress.finish() }
            return try draw(record, in: opened, stop: stop, progress: progress.sink)
        }
        let picture = drawing.picture
        try DurableFile.write(picture.png(), to: outputPath)
        let report = Report(
            id: record.id.hexadecimal, name: record.name, path: outputPath, width: picture.width,
            height: picture.height, bandIndices: drawing.bandIndices,
            wavelengthsNanometers: drawing.wavelengthsNanometers,
            baseVersion: drawing.baseVersion)
        try output.write(report) {
            "wrote \(outputPath): \(picture.width) x \(picture.height) pixels, "
                + bands(drawing) + "\n"
        }
    }

    private func bands(_ drawing: Drawing) -> String {
        if let wavelengths = drawing.wavelengthsNanometers {
            return wavelengths.map(FigureFormat.nanometers).joined(separator: ", ")
        }
        return "bands " + drawing.bandIndices.map(String.init).joined(separator: ", ")
    }

    private func draw(
        _ record: CubeRecord, in archive: Archive, stop: StopToken, progress: ProgressSink?
    ) throws -> Drawing {
        guard from == .both else {
            let source = RestoreRequest.Source(rawValue: from.rawValue) ?? .best
            let (samples, quicklook) = try prepare(record, source, in: archive)
            let picture = try quicklook.picture(
                of: samples.source, stop: stop, progress: progress)
            return Drawing(
                picture: picture, bandIndices: quicklook.bandIndices,
                wavelengthsNanometers: samples.wavelengthsNanometers,
                baseVersion: samples.encoding?.baseVersion)
        }
        let (exact, quicklook) = try prepare(record, .exact, in: archive)
        // Both halves show the same bands, so the latent is decoded at those of the exact half.
        let latent = try archive.samples(of: record, from: .latent)
        let picture = try quicklook.pair(
            original: exact.source, reconstruction: latent.source, stop: stop, progress: progress)
        return Drawing(
            picture: picture, bandIndices: quicklook.bandIndices,
            wavelengthsNanometers: exact.wavelengthsNanometers,
            baseVersion: latent.encoding?.baseVersion)
    }

    private func prepare(
        _ record: CubeRecord, _ source: RestoreRequest.Source, in archive: Archive
    ) throws -> (AvailableSamples, Quicklook) {
        let samples = try archive.samples(
            of: record, from: source, wavelengths: wavelengths?.nanometers)
        let quicklook = try Quicklook(
            of: samples.source.description, maximumSideLength: size,
            bandIndices: wavelengths.map { _ in samples.bandIndices })
        return (samples, quicklook)
    }
}
