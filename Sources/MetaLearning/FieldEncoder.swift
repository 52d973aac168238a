import Basics
import Cube
import Foundation
import NeuralField

/// Fits latents of one base network to cubes. Safe to use from several threads at once.
public struct FieldEncoder: Sendable {
    /// Pixels of a cell on which the best effort works.
    private static let searchedPixelCount = 4096
    /// Pixels of a cell on which the normal effort works; a third as many judge it.
    private static let refinedPixelCount = 960

    /// The base network.
    public let network: BaseNetwork
    private let effort: EncodingEffort
    let threadCount: Int
    private let leastGain: Double
    private let innerPixelCount: Int
    let field: PackedField
    let decoder: FieldDecoder

    /// Packs a network for encoding.
    ///
    /// - Parameters:
    ///   - leastGainDecibels: the normal effort stops when steps gain less than this, which should
    ///     be what rounding the latent may cost.
    ///   - innerPixelCount: pixels of each step of the inner loop. The network was trained with the
    ///     default; others are there to be compared with it.
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)``.
    public init(
        network: BaseNetwork, effort: EncodingEffort = .fast, threadCount: Int = 2,
        leastGainDecibels: Double = 0.05, innerPixelCount: Int = InnerSettings.pixelCount
    ) throws(NeuralFieldError) {
        self.network = network
        self.effort = effort
        self.threadCount = threadCount
        leastGain = 1 - pow(10, -leastGainDecibels / 10)
        self.innerPixelCount = innerPixelCount
        field = PackedField(network.parameters, forGradients: true)
        decoder = try FieldDecoder(network.parameters)
    }

    /// Fits a latent to every cell; cells without a valid pixel get the means of the network's
    /// prior, which cost nothing.
    ///
    /// No cell's latent is worse than phi = 0 on the pixels that its effort looks at:
    /// ``InnerSettings/pixelCount``; 320 that judge the normal one; or 4,096 with the best. A cube
    /// whose bands are all constant has nothing to fit and is encoded by its constants.
    ///
    /// - Throws: ``MetaLearningError/unmatchedCube(cube:)``,
    ///   ``MetaLearningError/foreignLatent(reason:)`` where the pixels were sampled with another
    ///   grid, or ``BasicsError/stopped``.
    public func encode(
        _ pixels: ScenePixels, stop: StopToken = StopToken()
    ) throws -> SceneLatent {
        let problems = try problems(of: pixels)
        let latentCount = network.architecture.latentCount
        let fits = ParallelResults<[Float]>(count: problems.count)
        if let first = problems.lazy.compactMap(\.self).first {
            let workers = (0..<threadCount).map { _ in worker(for: first) }
            Workers.run(problems.count, threadCount: threadCount) { index, worker in
                guard !stop.isRequested, let problem = problems[index] else { return }
                fits.values[index] = fit(problem, cell: index, workers[worker])
            }
        }
        try stop.check()
        let unknown =
            network.latentPrior?.means ?? [Float](repeating: 0, count: latentCount)
        return SceneLatent(
            rows: pixels.cells.rows, columns: pixels.cells.columns, latentCount: latentCount,
            values: fits.values.flatMap { $0 ?? unknown }, scaling: pixels.scaling,
            bandStates: pixels.bandStates)
    }

    /// The error of a latent over all sampled valid pixels of the bands that the network knows, on
    /// samples scaled to 0...1; 0 where there are none. With the cube's range as its peak,
    /// PSNR = -10 log10 of it.
    ///
    /// - Throws: as ``encode(_:stop:)``; ``NeuralFieldError/impossibleLatent(reason:)``.
    public func meanSquaredError(
        of latent: SceneLatent, on pixels: ScenePixels
    ) throws -> Double {
        let problems = try problems(of: pixels)
        guard latent.cellCount == problems.count,
            latent.latentCount == network.architecture.latentCount
        else { throw MetaLearningError.foreignLatent(reason: "it has another grid or length") }
        for cell in 0..<latent.cellCount { _ = try decoder.shifts(of: latent.cell(cell)) }
        let losses = ParallelResults<FieldLoss>(count: problems.count)
        Workers.run(problems.count, threadCount: threadCount) { index, _ in
            guard let problem = problems[index] else { return }
            losses.values[index] = loss(of: latent.cell(index), on: problem)
        }
        let valid = losses.values.reduce(0) { $0 + ($1?.validSampleCount ?? 0) }
        let squares = losses.values.reduce(0) { $0 + ($1?.squaredErrorSum ?? 0) }
        return valid > 0 ? squares / Double(valid) : 0
    }

    /// The scene's cells; nil for those without a valid pixel.
    func problems(of pixels: ScenePixels) throws -> [CellProblem?] {
        guard pixels.grid == network.latentGrid else {
            throw MetaLearningError.foreignLatent(
                reason: "its pixels were sampled with another latent grid")
        }
        let (columns, map) = pixels.match(onto: network.bandGrid)
        guard !columns.isEmpty else {
            if pixels.liveBandIndices.isEmpty { return pixels.pixelRanges.map { _ in nil } }
            throw MetaLearningError.unmatchedCube(
                cube: pixels.description.geometry.description)
        }
        let output = PackedOutput(network.parameters, map: map, forGradients: true)
        return pixels.pixelRanges.map { range in
            range.isEmpty
                ? nil
                : CellProblem(
                    scene: pixels, pixelRange: range, columns: columns, output: output)
        }
    }

    private func fit(_ problem: CellProblem, cell: Int, _ worker: EncodingWorker) -> [Float] {
        let adapted = adapt(problem, worker)
        switch effort {
        case .fast: return adapted
        case .normal: return refine(adapted, problem, worker)
        case .best: return search(adapted, problem, cell: cell, worker)
        }
    }

    /// The normal effort: three of four pixels are fitted, the fourth ones judge.
    private func refine(
        _ adapted: [Float], _ problem: CellProblem, _ worker: EncodingWorker
    ) -> [Float] {
        let (fitted, judging) = problem.splitMiddles(Self.refinedPixelCount)
        guard !judging.isEmpty else { return adapted }
        let judge = objective(judging, problem, worker)
        let search = LatentSearch(
            objective: objective(fitted, problem, worker), judge: judge, leastGain: leastGain)
        return improve(adapted, by: judge, search)
    }

    private func search(
        _ adapted: [Float], _ problem: CellProblem, cell: Int, _ worker: EncodingWorker
    ) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(cell))
        let count = problem.batchPixelCount(atMost: Self.searchedPixelCount)
        let batch = FieldBatch(pixelCapacity: count, bandCount: problem.columns.count)
        problem.gather(count, into: batch, generator: &generator)
        let objective = CellLoss(
            problem: problem, engine: worker.engine, field: field, decoder: decoder, batch: batch)
        return improve(adapted, by: objective, LatentSearch(objective: objective))
    }

    /// Searches from what the inner loop found, or from 0 where that is better.
    private func improve(
        _ adapted: [Float], by judge: CellLoss, _ search: LatentSearch
    ) -> [Float] {
        let zero = [Float](repeating: 0, count: network.architecture.latentCount)
        let (loss, zeroLoss) = (judge.loss(of: adapted), judge.loss(of: zero))
        return search.improve(loss < zeroLoss ? adapted : zero, loss: min(loss, zeroLoss)).latent
    }

    private func objective(
        _ pixels: [Int], _ problem: CellProblem, _ worker: EncodingWorker
    ) -> CellLoss {
        let batch = FieldBatch(pixelCapacity: pixels.count, bandCount: problem.columns.count)
        problem.gather(pixels, into: batch)
        return CellLoss(
            problem: problem, engine: worker.engine, field: field, decoder: decoder, batch: batch)
    }

    /// The inner loop that the network was trained for; the best latent on its way.
    private func adapt(_ problem: CellProblem, _ worker: EncodingWorker) -> [Float] {
        let objective = innerObjective(problem, worker)
        var latent = [Float](repeating: 0, count: network.architecture.latentCount)
        var best = (latent: latent, loss: Double.infinity)
        for _ in 0..<network.inner.stepCount {
            let (loss, gradient) = objective.lossAndGradient(of: latent)
            if loss < best.loss { best = (latent, loss) }
            for index in latent.indices {
                latent[index] -= network.inner.rates[index] * gradient[index]
            }
        }
        return objective.loss(of: latent) < best.loss ? latent : best.latent
    }

    /// The loss on the pixels of the inner loop.
    func innerObjective(_ problem: CellProblem, _ worker: EncodingWorker) -> CellLoss {
        problem.gatherMiddles(innerPixelCount, into: worker.batch)
        return CellLoss(
            problem: problem, engine: worker.engine, field: field, decoder: decoder,
            batch: worker.batch)
    }

    /// Memory for problems of one scene.
    func worker(for problem: CellProblem) -> EncodingWorker {
        EncodingWorker(
            network.architecture, bandCount: problem.columns.count,
            pixelCapacity: innerPixelCount)
    }

    private func loss(of latent: [Float], on problem: CellProblem) -> FieldLoss {
        let engine = FieldGradientEngine(
            network.architecture, bandCapacity: problem.columns.count)
        let batch = FieldBatch(
            pixelCapacity: problem.pixelRange.count, bandCount: problem.columns.count)
        problem.gather(problem.pixelRange, into: batch)
        return engine.loss(
            field: field, output: problem.output, latent: latent, batch: batch)
    }
}
