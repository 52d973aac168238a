import Basics
import Cube
import Foundation
import MetaLearning
import NeuralField
import Synchronization
import TestSupport
import Testing

@Suite struct MetaTrainerTests {
    private func train(
        _ settings: TrainingSettings, scenes: [ScenePixels]? = nil, initial: BaseNetwork? = nil,
        checkpoint: String? = nil, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> TrainingResult {
        try MetaTrainer(
            scenes: scenes ?? SyntheticField.scenes(), settings: settings, initial: initial
        ).run(checkpointPath: checkpoint, stop: stop, progress: progress)
    }

    @Test func `training raises the quality of every scene`() throws {
        let untrained = try train(SyntheticField.settings(iterations: 0))
        let trained = try train(SyntheticField.settings(iterations: 200))
        #expect(trained.iterationCount == 200)
        for (before, after) in zip(untrained.scenePSNRDecibels, trained.scenePSNRDecibels) {
            #expect((after ?? 0) > (before ?? 0) + 8)
        }
    }

    @Test func `a trained network's latents lie about their means along its axes`() throws {
        let scenes = try (1...6).map {
            try SyntheticField.pixels(SyntheticField.cube(seed: UInt64($0)))
        }
        let network = try train(SyntheticField.settings(iterations: 60), scenes: scenes).network
        let encoder = try FieldEncoder(network: network)
        let latents = try scenes.map { try encoder.encode($0).cell(0) }
        let latentCount = network.architecture.latentCount
        let prior = try #require(network.latentPrior)
        let means = (0..<latentCount).map { value in
            latents.reduce(0) { $0 + $1[value] } / Float(latents.count)
        }
        for (stated, mean) in zip(prior.means, means) { #expect(abs(stated - mean) < 1e-5) }
        let moments = (0..<latentCount).map { row in
            (0..<latentCount).map { column in
                latents.reduce(0.0) {
                    $0 + Double($1[row] - means[row]) * Double($1[column] - means[column])
                }
            }
        }
        for row in 0..<latentCount {
            if row > 0 { #expect(moments[row][row] <= moments[row - 1][row - 1] * 1.001) }
            for column in 0..<row { #expect(abs(moments[row][column]) < 1e-3 * moments[0][0]) }
        }
        for value in 0..<latentCount {
            let spread =
                latents.reduce(0) { $0 + abs($1[value] - means[value]) } / Float(latents.count)
            let stated = Float(prior.magnitudes16[value]) / 16 * prior.steps[value]
            #expect(abs(stated - spread) <= prior.steps[value] / 16 + 1e-3 * spread)
        }
    }

    @Test func `the same seed gives the same network on any number of threads`() throws {
        var settings = SyntheticField.settings(iterations: 12)
        let first = try train(settings).network
        settings.threadCount = 1
        #expect(try train(settings).network == first)
        settings.seed = 2
        #expect(try train(settings).network != first)
    }

    @Test func `a training on small cells takes more of them at a time`() throws {
        var settings = SyntheticField.settings(iterations: 3)
        settings.latentGrid = .tiles(lines: 4, samples: 5)
        let scene = try SyntheticField.pixels(SyntheticField.cube(), grid: settings.latentGrid)
        // 24 cells of 20 pixels; two of 120 pixels were asked for, and twelve have as many.
        let few = try train(settings, scenes: [scene]).network
        settings.batchCount = 12
        settings.outerPixelCount = 20
        #expect(try train(settings, scenes: [scene]).network == few)
        settings.batchCount = 2
        #expect(try train(settings, scenes: [scene]).network != few)
    }

    @Test func `what is held out is measured on the way and never learned from`() throws {
        var settings = SyntheticField.settings(iterations: 40)
        settings.checkpointIntervalSeconds = 1e-9
        let scene = try SyntheticField.pixels(SyntheticField.cube())
        let other = try SyntheticField.pixels(SyntheticField.cube(lines: 30))
        let figures = Mutex<[Double?]>([])
        let watched = try MetaTrainer(scenes: [scene], settings: settings, heldOut: [other]).run(
            checkpointPath: nil, stop: StopToken()
        ) { report in
            figures.withLock { $0.append(report.figures["heldOutPSNRDecibels"]) }
        }
        let alone = try MetaTrainer(scenes: [scene], settings: settings)
            .run(checkpointPath: nil, stop: StopToken(), progress: nil)
        #expect(watched.network == alone.network)
        #expect(figures.withLock { $0.first ?? nil } != nil)
    }

    @Test func `a stopped training resumes to exactly the uninterrupted network`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("checkpoint")
        let settings = SyntheticField.settings(iterations: 40)
        let uninterrupted = try train(settings)
        // The first report comes after one step; stop there, then let a second run take some more.
        let stop = StopToken()
        #expect(throws: BasicsError.stopped) {
            try train(settings, checkpoint: path, stop: stop) { _ in stop.request() }
        }
        var partial = settings
        partial.iterationLimit = 40
        let resumed = try train(partial, checkpoint: path)
        #expect(resumed.iterationCount == 40)
        #expect(resumed.network == uninterrupted.network)
        #expect(resumed.scenePSNRDecibels == uninterrupted.scenePSNRDecibels)
        // Complete: running again changes nothing.
        #expect(try train(settings, checkpoint: path).network == uninterrupted.network)
    }

    @Test func `a damaged checkpoint is refused and may be removed to start afresh`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("checkpoint")
        let settings = SyntheticField.settings(iterations: 3)
        let first = try train(settings, checkpoint: path)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        for index in stride(from: 0, to: bytes.count, by: bytes.count / 40) {
            var damaged = bytes
            damaged[index] ^= 1
            try folder.write("checkpoint", damaged)
            #expect(throws: MetaLearningError.self) { try train(settings, checkpoint: path) }
        }
        for count in [0, 7, 19, 60, bytes.count - 1] {
            try folder.write("checkpoint", Array(bytes[..<count]))
            #expect(throws: MetaLearningError.self) { try train(settings, checkpoint: path) }
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(try train(settings, checkpoint: path).network == first.network)
    }

    @Test func `a checkpoint of other settings or scenes is refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("checkpoint")
        var settings = SyntheticField.settings(iterations: 2)
        _ = try train(settings, checkpoint: path)
        let other = [try SyntheticField.pixels(SyntheticField.cube(seed: 77))]
        #expect(throws: MetaLearningError.self) {
            try train(settings, scenes: other, checkpoint: path)
        }
        settings.seed = 99
        #expect(throws: MetaLearningError.self) { try train(settings, checkpoint: path) }
    }

    @Test func `a time limit ends the training and decays the rate within it`() throws {
        var settings = SyntheticField.settings(iterations: 1)
        settings.iterationLimit = nil
        settings.timeLimitSeconds = 0.3
        let result = try train(settings)
        #expect(result.seconds >= 0.3)
        #expect(result.seconds < 5)
        #expect(result.iterationCount > 1)
    }

    @Test func `progress names the figures that a person watches`() throws {
        let seen = Reports()
        _ = try train(SyntheticField.settings(iterations: 5)) { seen.append($0) }
        let report = try #require(seen.all.first)
        #expect(report.activity == "training")
        #expect(report.unit == "iterations")
        #expect(
            Set(report.figures.keys) == ["psnrDecibels", "loss", "secondsRemaining"])
        #expect(report.totalCount == 5)
    }

    @Test func `training goes on from an earlier network with new wavelengths`() throws {
        let near = try SyntheticField.cube(
            bands: 4, seed: 3, wavelengths: [400, 500, 600, 700])
        let wide = try SyntheticField.cube(
            bands: 5, seed: 4, wavelengths: [450, 550, 650, 750, 850])
        let first = try train(
            SyntheticField.settings(iterations: 150), scenes: [SyntheticField.pixels(near)])
        let both = try [SyntheticField.pixels(near), SyntheticField.pixels(wide)]
        let start = try train(
            SyntheticField.settings(iterations: 0), scenes: both, initial: first.network)
        #expect(start.network.bandGrid.outputCount == 9)
        // Before any step the known scene is as good as it was; only its axes are new.
        #expect(abs((start.scenePSNRDecibels[0] ?? 0) - (first.scenePSNRDecibels[0] ?? 1)) < 0.01)
        let later = try train(
            SyntheticField.settings(iterations: 150), scenes: both, initial: first.network)
        #expect((later.scenePSNRDecibels[1] ?? 0) > (start.scenePSNRDecibels[1] ?? 0) + 3)
    }

    @Test func `impossible settings are refused before any work`() throws {
        let changes: [@Sendable (inout TrainingSettings) -> Void] = [
            { $0.innerStepCount = 0 }, { $0.innerRate = .nan }, { $0.outerRate = 0 },
            { $0.batchCount = 0 }, { $0.threadCount = 0 }, { $0.outerPixelCount = 0 },
            { $0.hiddenWidth = 0 }, { $0.iterationLimit = nil }, { $0.mergeNanometers = -1 },
            { $0.latentGrid = .tiles(lines: 0, samples: 1) },
            { $0.latentGrid = .tiles(lines: 5, samples: 5) },
        ]
        for change in changes {
            var settings = SyntheticField.settings(iterations: 1)
            change(&settings)
            #expect(throws: (any Error).self) { try train(settings) }
        }
        #expect(throws: MetaLearningError.noScene) {
            try train(SyntheticField.settings(iterations: 1), scenes: [])
        }
    }

    @Test func `a rate that explodes is reported, not trained on`() throws {
        var settings = SyntheticField.settings(iterations: 50)
        settings.innerRate = 1e6
        settings.outerRate = 1
        settings.warmUpIterationCount = 0
        do {
            let result = try train(settings)
            let isFinite = result.network.parameters.values.allSatisfy(\.isFinite)
            #expect(isFinite)
        } catch let error as MetaLearningError {
            guard case .diverged = error else { throw error }
        }
    }
}

private final class Reports: @unchecked Sendable {
    private let lock = NSLock()
    private var reports: [ProgressReport] = []

    var all: [ProgressReport] { lock.withLock { reports } }

    func append(_ report: ProgressReport) { lock.withLock { reports.append(report) } }
}
