import ArgumentParser
import Basics
import Cube
import Foundation
import SyntheticScenes

/// `cubevault generate`.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write synthetic scenes, to try things out with.",
        discussion: """
            Scenes of farmland, coasts, towns and minerals with realistic spectra and noise. They \
            are computed and written piece by piece, so large ones need little memory, and the \
            same seed gives the same bytes everywhere.

            Examples:
              cubevault generate scenes/
              cubevault generate scenes/ --scenes 12 --sensor full --seed 100
              cubevault generate scenes/ --scenes 1 --lines 8000 --samples 1000 --interleave bil
              cubevault generate scenes/ --format mat
            """)

    @Argument(
        help: "The folder to write to; it is made where it is missing.",
        completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("Number of scenes.", valueName: "n"))
    var scenes = 4

    @Option(help: ArgumentHelp("vnir (400-1000 nm) or full (400-2500 nm).", valueName: "sensor"))
    var sensor = SensorChoice.vnir

    @Option(help: ArgumentHelp("Image rows of each scene.", valueName: "n"))
    var lines = 200

    @Option(help: ArgumentHelp("Image columns of each scene.", valueName: "n"))
    var samples = 200

    @Option(help: ArgumentHelp("Bands. (default: 120 for vnir, 200 for full)", valueName: "n"))
    var bands: Int?

    @Option(help: ArgumentHelp("Seed of the first scene; the others follow it.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Order of an ENVI file's samples.", valueName: "bsq|bil|bip"))
    var interleave = Interleave.bil

    @Option(help: ArgumentHelp("File format.", valueName: "envi|npy|mat"))
    var format = SceneFormat.envi

    @Flag(help: "Replace files that are there already.")
    var force = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(scenes) else {
            throw ValidationError("--scenes must be 1 to 1000000")
        }
        if let bands, !(1...10_000).contains(bands) {
            throw ValidationError("--bands must be 1 to 10000")
        }
    }

    func run() throws {
        let progress = output.makeProgress()
        let reports = try SignalWatch.guarding(
            advice: "complete scenes were kept, and no file was left half-written"
        ) { stop in
            defer { progress.finish() }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            return try (0..<scenes).map { index in
                let scene = try SyntheticScene(
                    sensor: sensor.sensor(bandCount: bands), lines: lines, samples: samples,
                    seed: seed &+ UInt64(index))
                let report = try SceneGenerator(
                    scene: scene, stop: stop, progress: progress
                ).write(into: folder, format: format, interleave: interleave, replacing: force)
                progress.interrupting { output.say(line(report)) }
                return report
            }
        }
        if output.json { try output.write(reports) { "" } }
    }

    private func line(_ report: SceneReport) -> String {
        "\(report.files[0])  \(report.geometry)  "
            + ByteCountFormat.text(report.byteCount) + "\n"
    }
}

extension Interleave: ExpressibleByArgument {}
