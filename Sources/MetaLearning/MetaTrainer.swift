import Basics
import Cube
import Foundation
import NeuralField

/// Meta-trains a base network with first-order CAVIA (Zintgraf et al., 2019): each iteration fits
/// a latent from zero to some cells by a few gradient steps, then moves the shared parameters down
/// the gradient of the loss that is left, by ``FieldOptimizer``.
///
/// Everything random follows from the seed and the iteration's number, and every sum has a fixed
/// order, so a training that is limited by iterations gives the same network however often it was
/// interrupted and on however many threads it ran.
public final class MetaTrainer {
    private let scenes: [ScenePixels]
    private let heldOut: [ScenePixels]
    private let settings: TrainingSettings
    private let bandGrid: BandGrid
    private let problems: [CellProblem]
    private let outputs: [PackedOutput]
    private let fingerprint: SHA256Digest
    private let field: PackedField
    private let workers: [TrainingWorker]
    private let slots: [TrainingSlot]
    private let optimizer: FieldOptimizer
    private var state: TrainingState

    /// Prepares a training.
    ///
    /// - Parameters:
    ///   - scenes: the sampled cubes, all with the settings' latent grid.
    ///   - settings: every knob.
    ///   - heldOut: cubes that are not learned from, sampled likewise; what the network makes of
    ///     them is told as the training goes.
    ///   - initial: a network to go on from, of the same sizes; outputs that it lacks start from
    ///     their neighbours.
    /// - Throws: ``MetaLearningError`` where a setting or a scene cannot be used, or
    ///   ``NeuralFieldError`` where the network cannot exist.
    public init(
        scenes: [ScenePixels], settings: TrainingSettings, heldOut: [ScenePixels] = [],
        initial: BaseNetwork? = nil
    ) throws {
        try settings.check()
        guard !scenes.isEmpty else { throw MetaLearningError.noScene }
        guard scenes.allSatisfy({ $0.grid == settings.latentGrid }) else {
            throw MetaLearningError.impossibleSetting(
                name: "latentGrid", reason: "the scenes were sampled with another grid")
        }
        let bandGrid = BandGrid.covering(
            scenes.map(\.description), mergeNanometers: settings.mergeNanometers,
            extending: initial?.bandGrid)
        let parameters = try TrainingStart(scenes: scenes, settings: settings, bandGrid: bandGrid)
            .parameters(continuing: initial)
        let packing = ProblemPacking(scenes: scenes, bandGrid: bandGrid, parameters: parameters)
        guard !packing.problems.isEmpty else { throw MetaLearningError.noScene }
        var settings = settings
        settings.batchCount = settings.batchCount(
            cellPixelCounts: packing.problems.map(\.pixelRange.count))
        self.scenes = scenes
        self.heldOut = heldOut
        self.settings = settings
        self.bandGrid = bandGrid
        problems = packing.problems
        outputs = packing.outputs
        fingerprint = settings.fingerprint(scenes: scenes, initial: initial)
        field = PackedField(parameters, forGradients: true)
        let bandCapacity = packing.outputs.map(\.rowCount).max() ?? 1
        workers = (0..<settings.threadCount).map { _ in
            TrainingWorker(
                architecture: parameters.architecture, bandCapacity: bandCapacity)
        }
        slots = (0..<settings.batchCount).map { _ in
            TrainingSlot(parameterCount: parameters.values.count)
        }
        optimizer = FieldOptimizer(
            parameters.architecture, threadCount: settings.threadCount)
        state = TrainingState(
            parameters: parameters.values,
            rates: initial?.inner.rates
                ?? [Float](repeating: settings.innerRate, count: settings.latentCount))
        architecture = parameters.architecture
    }

    private let architecture: FieldArchitecture

    /// Trains until a limit of the settings is reached.
    ///
    /// - Parameters:
    ///   - checkpointPath: where to save and from where to resume; nil for neither. The file stays
    ///     when the training is complete, so that running again returns at once.
    ///   - stop: polled after each iteration; a stop leaves a checkpoint.
    ///   - progress: told about once a second: `psnrDecibels`, `loss` and `secondsRemaining`; and
    ///     `heldOutPSNRDecibels`, the mean of the held-out cubes at the last checkpoint.
    /// - Throws: ``BasicsError/stopped``, ``MetaLearningError/diverged(iteration:)``, an error
    ///   about the checkpoint, or a failure to write it.
    public func run(
        checkpointPath: String?, stop: StopToken, progress: ProgressSink?
    ) throws -> TrainingResult {
        let checkpoint = checkpointPath.map {
            TrainingCheckpoint(path: $0, fingerprint: fingerprint)
        }
        if let checkpoint, let saved = try checkpoint.load(matching: state) { state = saved }
        var clock = TrainingClock(settings: settings, state: state)
        var heldOutDecibels: Double?
        while clock.fraction(of: state) < 1 {
            if stop.isRequested {
                try checkpoint?.save(state)
                throw BasicsError.stopped
            }
            try takeStep(fraction: clock.fraction(of: state))
            state.seconds = clock.seconds
            if clock.isCheckpointDue {
                try checkpoint?.save(state)
                heldOutDecibels = try meanDecibels(of: heldOut, stop: stop)
            }
            if let progress, clock.isReportDue {
                progress(clock.report(state, heldOutDecibels: heldOutDecibels))
            }
        }
        try checkpoint?.save(state)
        return try result(stop: stop)
    }

    private func takeStep(fraction: Double) throws {
        let chosen = settings.chooseProblems(iteration: state.iteration, outOf: problems.count)
        repack(chosen)
        let shared = TrainingStep(
            problems: problems, field: field, settings: settings, rates: state.rates,
            iteration: state.iteration)
        let (workers, slots) = (workers, slots)
        Workers.run(chosen.count, threadCount: settings.threadCount) { index, worker in
            workers[worker].run(shared, problem: chosen[index], slot: slots[index], index: index)
        }
        try state.apply(
            Array(slots.prefix(chosen.count)), optimizer: optimizer,
            rate: settings.outerRate(iteration: state.iteration, fraction: fraction))
    }

    /// Packs the present parameters: the shared layers and the output layers of the chosen cells.
    private func repack(_ chosen: [Int]) {
        var needed: [PackedOutput] = []
        for index in chosen where !needed.contains(where: { $0 === problems[index].output }) {
            needed.append(problems[index].output)
        }
        let (field, values, packed) = (field, state.parameters, needed)
        Workers.run(needed.count + 1, threadCount: settings.threadCount) { index, _ in
            if index == 0 { field.load(values) } else { packed[index - 1].load(values) }
        }
    }

    /// The network as it is now.
    private func network() throws -> BaseNetwork {
        try BaseNetwork(
            parameters: FieldParameters(architecture: architecture, values: state.parameters),
            bandGrid: bandGrid, latentGrid: settings.latentGrid,
            inner: InnerSettings(stepCount: settings.innerStepCount, rates: state.rates))
    }

    /// The mean PSNR of some scenes with the network as it is now; nil where it knows none.
    private func meanDecibels(of scenes: [ScenePixels], stop: StopToken) throws -> Double? {
        guard !scenes.isEmpty else { return nil }
        let encoder = try encoder(of: try network())
        let decibels = try scenes.compactMap { scene -> Double? in
            guard let latent = try encode(scene, encoder, stop) else { return nil }
            let error = try encoder.meanSquaredError(of: latent, on: scene)
            return error > 0 ? -10 * log10(error) : nil
        }
        return decibels.isEmpty ? nil : decibels.reduce(0, +) / Double(decibels.count)
    }

    private func result(stop: StopToken) throws -> TrainingResult {
        let trained = try network()
        let first = try encoder(of: trained)
        let latents = try scenes.flatMap { try encode($0, first, stop)?.cells ?? [] }
        let network = try trained.onPrincipalAxes(of: latents).roundedForStorage()
        let second = try encoder(of: network)
        let encoded = try scenes.map { ($0, try encode($0, second, stop)) }
        let qualities = try encoded.map { scene, latent -> Double? in
            guard let latent else { return nil }
            let error = try second.meanSquaredError(of: latent, on: scene)
            return error > 0 ? -10 * log10(error) : nil
        }
        let prior = try second.prior(
            of: encoded.compactMap { scene, latent in latent.map { (scene, $0) } })
        return TrainingResult(
            network: try network.with(prior), iterationCount: state.iteration,
            seconds: state.seconds, scenePSNRDecibels: qualities)
    }

    private func encoder(of network: BaseNetwork) throws -> FieldEncoder {
        try FieldEncoder(network: network, threadCount: settings.threadCount)
    }

    /// A scene's latent; nil where the network knows none of its bands.
    private func encode(
        _ scene: ScenePixels, _ encoder: FieldEncoder, _ stop: StopToken
    ) throws -> SceneLatent? {
        guard !scene.match(onto: bandGrid).columns.isEmpty else { return nil }
        return try encoder.encode(scene, stop: stop)
    }
}
