import ArgumentParser
import Basics
import Cube
import Foundation
import MetaLearning
import NeuralField

/// Trains a network with tiles on some scenes and encodes others, which it has never seen.
struct UnseenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseen",
        abstract: "Trains on some scenes and prints rates and PSNR of others.")

    @Option(help: "Seconds that the training takes.") var seconds = 120.0
    @Option(help: "Iterations at which it ends earlier.") var iterations = Int.max
    @Option(help: "Seed of everything random.") var seed: UInt64 = 1
    @Option(help: "Lines and samples of a tile.") var tile = 8
    @Option(help: "Values of a tile's latent.") var latent = 16
    @Option(help: "K, hidden layers.") var layers = 5
    @Option(help: "d, width of a hidden layer.") var width = 64
    @Option(help: "w0, the factor inside the sines.") var omega: Float = 15
    @Option(help: "Tiles of each outer step.") var batch = 32
    @Option(help: "Pixels of each tile in an outer step.") var pixels = 256
    @Option(help: "Steps of the inner loop.") var innerSteps = 3
    @Option(help: "Step size of the inner loop.") var innerRate: Float = 0.3
    @Option(help: "Peak step size of the outer loop.") var outerRate: Float = 5e-4
    @Flag(help: "Train an auto-decoder instead of CAVIA.") var autoDecoder = false
    @Option(help: "Peak step size of an auto-decoder's latents.") var latentRate: Float = 0.01
    @Option(help: "Width of the noise on an auto-decoder's latents.") var noise: Float = 0.02
    @Option(help: "Squared error that a bit of a latent is worth.") var bitPrice: Float = 3e-6
    @Option(help: "Steps of fitting test tiles as the auto-decoder does; 0 for the encoder.")
    var fitSteps = 0
    @Flag(help: "Do not whiten the latents after the training.") var plainLatents = false
    @Option(help: "Where to keep the base network.") var output: String?
    @Option(help: "A network to encode with instead of training one.") var network: String?
    @Option(parsing: .upToNextOption, help: "Cube files to train on.") var training: [String] = []
    @Argument(help: "Cube files to encode.") var paths: [String]

    func run() throws {
        let network = try network.map(read) ?? train()
        let bytes = try network.serialized()
        if let output { try Data(bytes).write(to: URL(filePath: output)) }
        for path in paths {
            let scene = UnseenScene(
                name: URL(filePath: path).deletingPathExtension().lastPathComponent,
                cube: try BenchmarkScene.read(path))
            try scene.encode(network, networkByteCount: bytes.count) { pixels in
                guard fitSteps > 0 else {
                    return try FieldEncoder(network: network, effort: .thorough).encode(pixels)
                }
                let cells = TileTrainer(
                    network, scenes: [pixels], batchCount: 2, rate: 0, latentRate: latentRate,
                    noise: noise, bitPrice: bitPrice, threadCount: 2
                ).fit(network, stepCount: fitSteps)
                return SceneLatent(
                    rows: pixels.cells.rows, columns: pixels.cells.columns,
                    latentCount: network.architecture.latentCount, values: cells.flatMap(\.self),
                    scaling: pixels.scaling, bandStates: pixels.bandStates)
            }
        }
    }

    private func read(_ path: String) throws -> BaseNetwork {
        try BaseNetwork(bytes: [UInt8](Data(contentsOf: URL(filePath: path))))
    }

    private func train() throws -> BaseNetwork {
        let settings = settings
        let scenes = try training.map { path in
            try ScenePixels(
                reading: BenchmarkScene.read(path), grid: settings.latentGrid, seed: seed,
                pixelBudget: UnseenScene.pixelBudget)
        }
        let result = try MetaTrainer(scenes: scenes, settings: settings).run(
            checkpointPath: nil, stop: StopToken(), progress: nil)
        var network = result.network
        var iterationCount = result.iterationCount
        if autoDecoder {
            (network, iterationCount) = try TileTrainer(
                network, scenes: scenes, batchCount: batch, rate: outerRate,
                latentRate: latentRate, noise: noise, bitPrice: bitPrice,
                threadCount: settings.threadCount
            ).run(seconds: seconds, iterationLimit: iterations, seed: seed)
        }
        let encoder = try FieldEncoder(network: network, effort: .thorough)
        let latents = try scenes.map { try encoder.encode($0) }
        let errors = try zip(latents, scenes).map { try encoder.meanSquaredError(of: $0, on: $1) }
        try BenchmarkReport.write([
            "work": "training", "seconds": seconds, "iterationCount": iterationCount,
            "parameterCount": network.architecture.parameterCount,
            "scenePSNRDecibels": errors.map { -10 * log10($0) },
        ])
        guard !plainLatents else { return network.roundedForStorage() }
        return try LatentWhitening(network: network, scenes: scenes, latents: latents)
            .whitened().roundedForStorage()
    }

    private var settings: TrainingSettings {
        var settings = TrainingSettings()
        settings.hiddenLayerCount = layers
        settings.hiddenWidth = width
        settings.latentCount = latent
        settings.omega = omega
        settings.latentGrid = .tiles(lines: tile, samples: tile)
        settings.innerStepCount = innerSteps
        settings.innerRate = innerRate
        settings.outerRate = outerRate
        settings.outerPixelCount = pixels
        settings.batchCount = batch
        settings.seed = seed
        settings.timeLimitSeconds = autoDecoder ? 0 : seconds
        settings.iterationLimit = iterations
        return settings
    }
}
