import Basics
import NeuralField

/// Scratch memory of one thread of an encoder, and the work on one cell.
///
/// Invariant: one thread at a time uses it, on cells of one cube.
final class EncodingWorker: @unchecked Sendable {
    /// Pixels of each step of the inner loop.
    private static let stepPixelCount = 1024

    private let network: BaseNetwork
    private let field: PackedField
    private let decoder: FieldDecoder
    private let engine: FieldGradientEngine
    private let stepBatch: FieldBatch
    private let wholeBatch: FieldBatch

    init(network: BaseNetwork, field: PackedField, decoder: FieldDecoder, bandCount: Int) {
        self.network = network
        self.field = field
        self.decoder = decoder
        engine = FieldGradientEngine(network.architecture, bandCapacity: bandCount)
        stepBatch = FieldBatch(pixelCapacity: Self.stepPixelCount, bandCount: bandCount)
        wholeBatch = FieldBatch(
            pixelCapacity: CellProblem.piecePixelCount, bandCount: bandCount)
    }

    /// The best latent found; never worse than zero on the pixels it is judged by.
    func fit(_ problem: CellProblem, cell: Int, effort: EncodingEffort) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(cell))
        let judgedPixelCount =
            effort == .quick ? Self.stepPixelCount : CellProblem.piecePixelCount
        problem.gather(judgedPixelCount, into: wholeBatch, generator: &generator)
        let objective = CellLoss(
            problem: problem, engine: engine, field: field, decoder: decoder, batch: wholeBatch)
        let zero = [Float](repeating: 0, count: network.architecture.latentCount)
        var best = (latent: zero, loss: objective.loss(of: zero))
        let adapted = adapt(problem, &generator)
        let loss = objective.loss(of: adapted)
        if loss < best.loss { best = (adapted, loss) }
        guard effort == .thorough else { return best.latent }
        return LatentSearch(objective: objective).improve(best.latent, loss: best.loss).latent
    }

    /// The loss over some pixels of a cell.
    func loss(of latent: [Float], on problem: CellProblem, pixels: Range<Int>) -> FieldLoss {
        problem.gather(pixels, into: wholeBatch)
        return engine.loss(
            field: field, output: problem.output, latent: latent, batch: wholeBatch)
    }

    /// The inner loop that the network was trained for.
    private func adapt(
        _ problem: CellProblem, _ generator: inout SeededGenerator
    ) -> [Float] {
        var latent = [Float](repeating: 0, count: network.architecture.latentCount)
        for _ in 0..<network.inner.stepCount {
            problem.gather(Self.stepPixelCount, into: stepBatch, generator: &generator)
            let (_, gradient) = engine.latentGradient(
                field: field, output: problem.output, latent: latent, batch: stepBatch)
            for index in latent.indices {
                latent[index] -= network.inner.rates[index] * gradient[index]
            }
        }
        return latent
    }
}
