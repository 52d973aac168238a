import Basics
import Cube
import NeuralField

/// Fits latents of one base network to cubes. Safe to use from several threads at once.
public struct FieldEncoder: Sendable {
    /// Pixels of each step of the base network's own inner loop.
    private static let stepPixelCount = 1024
    /// Pixels by which a cell's fit is judged, and on which the thorough search works.
    private static let judgedPixelCount = 4096

    /// The base network.
    public let network: BaseNetwork
    private let effort: EncodingEffort
    private let threadCount: Int
    private let field: PackedField
    private let decoder: FieldDecoder

    /// Packs a network for encoding.
    ///
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)``.
    public init(
        network: BaseNetwork, effort: EncodingEffort = .quick, threadCount: Int = 2
    ) throws(NeuralFieldError) {
        self.network = network
        self.effort = effort
        self.threadCount = threadCount
        field = PackedField(network.parameters, forGradients: true)
        decoder = try FieldDecoder(network.parameters)
    }

    /// Fits a latent to every cell; cells without a valid pixel keep phi = 0.
    ///
    /// No cell's latent is worse, over its judged pixels, than phi = 0. A cube whose bands are all
    /// constant has nothing to fit and is encoded by its constants.
    ///
    /// - Throws: ``MetaLearningError/unmatchedCube(cube:)``,
    ///   ``MetaLearningError/foreignLatent(reason:)`` where the pixels were sampled with another
    ///   grid, or ``BasicsError/stopped``.
    public func encode(
        _ pixels: ScenePixels, stop: StopToken = StopToken()
    ) throws -> SceneLatent {
        let problems = try problems(of: pixels)
        let latentCount = network.architecture.latentCount
        let fits = CellFits(count: problems.count)
        Workers.run(problems.count, threadCount: threadCount) { index, _ in
            guard !stop.isRequested, let problem = problems[index] else { return }
            fits.latents[index] = fit(problem, cell: index)
        }
        try stop.check()
        let zero = [Float](repeating: 0, count: latentCount)
        return SceneLatent(
            rows: pixels.cells.rows, columns: pixels.cells.columns, latentCount: latentCount,
            values: fits.latents.flatMap { $0 ?? zero }, scaling: pixels.scaling,
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
        let fits = CellFits(count: problems.count)
        Workers.run(problems.count, threadCount: threadCount) { index, _ in
            guard let problem = problems[index] else { return }
            fits.losses[index] = loss(of: latent.cell(index), on: problem)
        }
        let valid = fits.losses.reduce(0) { $0 + ($1?.validSampleCount ?? 0) }
        let squares = fits.losses.reduce(0) { $0 + ($1?.squaredErrorSum ?? 0) }
        return valid > 0 ? squares / Double(valid) : 0
    }

    private func problems(of pixels: ScenePixels) throws -> [CellProblem?] {
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

    private func fit(_ problem: CellProblem, cell: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(cell))
        let engine = FieldGradientEngine(
            network.architecture, bandCapacity: problem.columns.count)
        let judged = CellLoss(
            problem: problem, engine: engine, field: field, decoder: decoder,
            pixelCount: Self.judgedPixelCount, generator: &generator)
        let zero = [Float](repeating: 0, count: network.architecture.latentCount)
        var best = (latent: zero, loss: judged.loss(of: zero))
        let adapted = adapt(problem, engine, &generator)
        let loss = judged.loss(of: adapted)
        if loss < best.loss { best = (adapted, loss) }
        if effort == .thorough {
            let search = LatentSearch(objective: judged)
            best = search.improve(best.latent, loss: best.loss)
        }
        return best.latent
    }

    /// The inner loop that the network was trained for.
    private func adapt(
        _ problem: CellProblem, _ engine: FieldGradientEngine, _ generator: inout SeededGenerator
    ) -> [Float] {
        let count = problem.batchPixelCount(atMost: Self.stepPixelCount)
        let batch = FieldBatch(pixelCapacity: count, bandCount: problem.columns.count)
        var latent = [Float](repeating: 0, count: network.architecture.latentCount)
        for _ in 0..<network.inner.stepCount {
            problem.gather(count, into: batch, generator: &generator)
            let (_, gradient) = engine.latentGradient(
                field: field, output: problem.output, latent: latent, batch: batch)
            for index in latent.indices {
                latent[index] -= network.inner.rates[index] * gradient[index]
            }
        }
        return latent
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

/// Results of parallel work on cells, each written by one job.
private final class CellFits: @unchecked Sendable {
    nonisolated(unsafe) let latents: UnsafeMutableBufferPointer<[Float]?>
    nonisolated(unsafe) let losses: UnsafeMutableBufferPointer<FieldLoss?>

    init(count: Int) {
        latents = .allocate(capacity: count)
        losses = .allocate(capacity: count)
        latents.initialize(repeating: nil)
        losses.initialize(repeating: nil)
    }

    deinit {
        latents.deinitialize()
        latents.deallocate()
        losses.deinitialize()
        losses.deallocate()
    }
}
