import BenchmarkSupport
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

    @Option(help: "Outer steps of the training.") var iterations = 3000
    @Option(help: "Seed of everything random.") var seed: UInt64 = 1
    @Option(help: "Lines and samples of a tile.") var tile = 8
    @Option(help: "Values of a tile's latent.") var latent = 32
    @Option(help: "K, hidden layers.") var layers = 3
    @Option(help: "d, width of a hidden layer.") var width = 64
    @Option(help: "w0, the factor inside the sines.") var omega: Float = 6
    @Option(help: "Steps of the inner loop.") var innerSteps = 3
    @Option(parsing: .upToNextOption, help: "Cube files to train on.") var training: [String] = []
    @Argument(help: "Cube files to encode.") var paths: [String]

    func run() throws {
        let cubes = try training.map(BenchmarkScene.read)
        let scenes = try cubes.map {
            try ScenePixels(
                reading: $0, grid: settings.latentGrid, seed: seed,
                pixelBudget: UnseenScene.pixelBudget)
        }
        let result = try MetaTrainer(scenes: scenes, settings: settings).run(
            checkpointPath: nil, stop: StopToken(), progress: nil)
        try BenchmarkReport.write([
            "work": "training", "seconds": result.seconds, "iterationCount": result.iterationCount,
            "parameterCount": result.network.architecture.parameterCount,
            "scenePSNRDecibels": result.scenePSNRDecibels.map { $0 ?? 0 },
        ])
        for path in paths {
            let scene = UnseenScene(
                name: URL(filePath: path).deletingPathExtension().lastPathComponent,
                cube: try BenchmarkScene.read(path))
            try scene.encode(result.network)
        }
    }

    private var settings: TrainingSettings {
        var settings = TrainingSettings()
        settings.hiddenLayerCount = layers
        settings.hiddenWidth = width
        settings.latentCount = latent
        settings.omega = omega
        settings.learn(tilesOf: tile, by: tile)
        settings.innerStepCount = innerSteps
        settings.seed = seed
        settings.timeLimitSeconds = nil
        settings.iterationLimit = iterations
        return settings
    }
}
