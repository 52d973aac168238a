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
            on the right, with the same stretch.

            Examples:
              cubevault quicklook 3f2a91 -o scene.png
              cubevault quicklook 3f2a91 -o compare.png --from both --size 600
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
    }

    func run() throws {
        let opened = try archive.open()
        let record = try opened.catalog.cube(cube.resolve(in: opened))
        if !force, FileManager.default.fileExists(atPath: outputPath) {
            throw CommandLineError.outputExists(path: outputPath)
        }
        let quicklook = try Quicklook(of: record.description, maximumSideLength: size)
        let progress = output.makeProgress()
        let (picture, base) = try SignalWatch.guarding(advice: "nothing was written") { stop in
            defer { progress.finish() }
            return try draw(record, quicklook, in: opened, stop: stop, progress: progress.sink)
        }
        try DurableFile.write(picture.png(), to: outputPath)
        let report = Report(
            id: record.id.hexadecimal, name: record.name, path: outputPath, width: picture.width,
            height: picture.height, bandIndices: quicklook.bandIndices, baseVersion: base)
        try output.write(report) {
            "wrote \(outputPath): \(picture.width) x \(picture.height) pixels, bands "
                + quicklook.bandIndices.map(String.init).joined(separator: ", ") + "\n"
        }
    }

    /// The picture, and the base network that it was decoded with; nil where none was.
    private func draw(
        _ record: CubeRecord, _ quicklook: Quicklook, in archive: Archive, stop: StopToken,
        progress: ProgressSink?
    ) throws -> (Picture, Int?) {
        guard from == .both else {
            let source = RestoreRequest.Source(rawValue: from.rawValue) ?? .best
            let samples = try archive.samples(of: record, from: source)
            let picture = try quicklook.picture(
                of: samples.source, stop: stop, progress: progress)
            return (picture, samples.encoding?.baseVersion)
        }
        let exact = try archive.samples(of: record, from: .exact)
        let latent = try archive.samples(of: record, from: .latent)
        let picture = try quicklook.pair(
            original: exact.source, reconstruction: latent.source, stop: stop, progress: progress)
        return (picture, latent.encoding?.baseVersion)
    }
}
