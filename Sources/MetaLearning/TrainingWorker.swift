import Basics
import NeuralField

/// Scratch memory of one thread of a training, and the work on one cell.
///
/// Invariant: one thread at a time uses it.
final class TrainingWorker: @unchecked Sendable {
    private let engine: FieldGradientEngine
    private var batches: [Int: FieldBatch] = [:]

    init(architecture: FieldArchitecture, bandCapacity: Int) {
        engine = FieldGradientEngine(architecture, bandCapacity: bandCapacity)
    }

    /// The inner loop from phi = 0 on the cell's fixed pixels, then the outer gradient on fresh
    /// pixels.
    func run(_ step: TrainingStep, problem index: Int, slot: TrainingSlot, index slotIndex: Int) {
        let settings = step.settings
        let problem = step.problems[index]
        let batch = batch(for: problem, settings: settings)
        var generator = settings.generator(iteration: step.iteration, index: slotIndex)
        var latent = [Float](repeating: 0, count: settings.latentCount)
        let symmetry = settings.turnsCells ? generator.index(below: 8) : 0
        problem.gatherMiddles(InnerSettings.pixelCount, into: batch)
        batch.apply(symmetry: symmetry)
        for _ in 0..<settings.innerStepCount {
            let (_, gradient) = engine.latentGradient(
                field: step.field, output: problem.output, latent: latent, batch: batch)
            for value in latent.indices { latent[value] -= step.rates[value] * gradient[value] }
        }
        problem.gather(settings.outerPixelCount, into: batch, generator: &generator)
        batch.apply(symmetry: symmetry)
        for index in slot.gradient.indices { slot.gradient[index] = 0 }
        let (loss, _) = engine.parameterGradient(
            field: step.field, output: problem.output, latent: latent, batch: batch,
            addingTo: &slot.gradient)
        slot.loss = loss.meanSquaredError
    }

    private func batch(for problem: CellProblem, settings: TrainingSettings) -> FieldBatch {
        let bandCount = problem.columns.count
        if let batch = batches[bandCount] { return batch }
        let batch = FieldBatch(
            pixelCapacity: max(InnerSettings.pixelCount, settings.outerPixelCount),
            bandCount: bandCount)
        batches[bandCount] = batch
        return batch
    }
}
