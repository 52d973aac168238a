import Basics
import NeuralField

/// The loss of one cell over a fixed choice of its pixels, as a function of its latent. A latent
/// that the decoder would refuse has an infinite loss. One thread at a time.
struct CellLoss: LatentObjective {
    private let problem: CellProblem
    private let engine: FieldGradientEngine
    private let field: PackedField
    private let decoder: FieldDecoder
    private let batch: FieldBatch

    init(
        problem: CellProblem, engine: FieldGradientEngine, field: PackedField,
        decoder: FieldDecoder, batch: FieldBatch
    ) {
        self.problem = problem
        self.engine = engine
        self.field = field
        self.decoder = decoder
        self.batch = batch
    }

    /// Mean squared error at a latent.
    func loss(of latent: [Float]) -> Double {
        guard isDecodable(latent) else { return .infinity }
        return engine.loss(field: field, output: problem.output, latent: latent, batch: batch)
            .meanSquaredError
    }

    /// Mean squared error at a latent, and its gradient.
    func lossAndGradient(of latent: [Float]) -> (loss: Double, gradient: [Float]) {
        let (loss, gradient) = engine.latentGradient(
            field: field, output: problem.output, latent: latent, batch: batch)
        return (isDecodable(latent) ? loss.meanSquaredError : .infinity, gradient)
    }

    private func isDecodable(_ latent: [Float]) -> Bool {
        do {
            _ = try decoder.shifts(of: latent)
            return true
        } catch {
            return false
        }
    }
}
