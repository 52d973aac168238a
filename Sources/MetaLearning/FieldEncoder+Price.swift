import Basics
import NeuralField

extension FieldEncoder {
    /// Goes on from a latent to one that is worth more together with its bits: the squared error of
    /// every cell on all its sampled pixels, and the price of ``PricedCellLoss``, made small by
    /// L-BFGS. What bits cost follows from the latent that it starts from.
    ///
    /// - Parameters:
    ///   - exponent: half powers of two by which the steps will be coarser than the prior's: the
    ///     coarser, the dearer are bits.
    ///   - iterationCount: steps of the search at most.
    /// - Throws: as ``encode(_:stop:)``; ``MetaLearningError/foreignLatent(reason:)`` where the
    ///   network has no prior.
    public func improve(
        _ latent: SceneLatent, on pixels: ScenePixels, exponent: Int, iterationCount: Int,
        stop: StopToken = StopToken()
    ) throws -> SceneLatent {
        guard let prior = network.latentPrior else {
            throw MetaLearningError.foreignLatent(reason: "its network has no prior of latents")
        }
        let loss = try meanSquaredError(of: latent, on: pixels)
        guard loss > 0, loss.isFinite else { return latent }
        let problems = try problems(of: pixels)
        let magnitudes = prior.magnitudes(
            of: problems.indices.filter { problems[$0] != nil }.map(latent.cell))
        let fits = ParallelResults<[Float]>(count: problems.count)
        Workers.run(problems.count, threadCount: threadCount) { index, _ in
            guard !stop.isRequested, let problem = problems[index] else { return }
            let objective = PricedCellLoss(
                wholeObjective(problem), prior: prior, magnitudes: magnitudes, loss: loss,
                exponent: exponent)
            let start = objective.point(of: latent.cell(index))
            let search = LatentSearch(objective: objective, iterationLimit: iterationCount)
            fits.values[index] = objective.latent(
                of: search.improve(start, loss: objective.loss(of: start)).latent)
        }
        try stop.check()
        var improved = latent
        improved.values = fits.values.enumerated().flatMap { $1 ?? latent.cell($0) }
        return improved
    }

    /// The loss on all sampled pixels of a cell.
    private func wholeObjective(_ problem: CellProblem) -> CellLoss {
        let bandCount = problem.columns.count
        let batch = FieldBatch(pixelCapacity: problem.pixelRange.count, bandCount: bandCount)
        problem.gather(problem.pixelRange, into: batch)
        return CellLoss(
            problem: problem,
            engine: FieldGradientEngine(network.architecture, bandCapacity: bandCount),
            field: field, decoder: decoder, batch: batch)
    }
}
