import ArgumentParser
import Basics
import BenchmarkSupport
import CubeCodec
import Foundation
import MetaLearning

/// Trains one network on some scenes: the paper's K = 10, d = 128, one 32-value latent per scene.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Trains for a time and prints the curve.")

    @Option(help: "Seconds that the training takes.") var seconds = 270.0
    @Option(help: "Iterations after which it ends even earlier.") var iterations: Int?
    @Option(help: "Seed of everything random.") var seed: UInt64 = 1
    @Option(help: "Where to keep the base network.") var output: String
    @Argument(help: "Cube files.") var paths: [String]

    func run() throws {
        let scenes = try paths.map { try BenchmarkScene(path: $0) }
        var settings = TrainingSettings()
        settings.timeLimitSeconds = seconds
        settings.iterationLimit = iterations
        settings.seed = seed
        let start = ContinuousClock.now
        let result = try MetaTrainer(scenes: scenes.map(\.pixels), settings: settings).run(
            checkpointPath: nil, stop: StopToken()
        ) { report in
            let elapsed = Double((ContinuousClock.now - start).components.seconds)
            do {
                try BenchmarkReport.write([
                    "seconds": elapsed, "iteration": report.completedCount,
                    "psnrDecibels": report.figures["psnrDecibels"] ?? 0,
                ])
            } catch {
                fatalError("standard output is closed: \(error)")
            }
        }
        try Data(result.network.serialized()).write(to: URL(filePath: output))
        try report(result, scenes)
    }

    /// The end of a training: what each scene's latent is worth, decoded from its final bytes.
    private func report(_ result: TrainingResult, _ scenes: [BenchmarkScene]) throws {
        let encoder = try FieldEncoder(network: result.network)
        let streams = try scenes.map { scene in
            let latent = try encoder.encode(scene.pixels)
            let choice = try LatentQuantizer().choose(
                latent, prior: result.network.latentPrior
            ) {
                try encoder.meanSquaredError(of: $0, on: scene.pixels)
            }
            return (LatentBitstream(encoding: choice.quantized), choice.lossDecibels)
        }
        try BenchmarkReport.write([
            "codedByteCount": streams.map(\.0.codedByteCount),
            "latentByteCount": streams.map(\.0.bytes.count),
            "quantizationLossDecibels": streams.map(\.1),
            "iterationCount": result.iterationCount, "seconds": result.seconds,
            "scenePSNRDecibels": result.scenePSNRDecibels.map { $0 ?? 0 },
        ])
    }
}
