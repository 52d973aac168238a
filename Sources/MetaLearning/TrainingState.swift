import NeuralField

/// Everything that changes while training: what a checkpoint holds.
struct TrainingState: Equatable {
    /// Outer steps taken.
    var iteration = 0
    /// Time spent, resumed runs included.
    var seconds = 0.0
    /// Theta+, [parameters].
    var parameters: [Float]
    /// What the optimizer remembers.
    var moments: OptimizerMoments
    /// The inner rates, [latent].
    var rates: [Float]
    /// Running mean of the outer loss, for reports; 0 before the first step.
    var smoothedLoss = 0.0

    init(parameters: [Float], rates: [Float]) {
        self.parameters = parameters
        self.rates = rates
        moments = OptimizerMoments(parameterCount: parameters.count)
    }

    /// One outer step down the mean of the cells' gradients.
    ///
    /// - Throws: ``MetaLearningError/diverged(iteration:)``.
    mutating func apply(
        _ slots: [TrainingSlot], optimizer: FieldOptimizer, rate: Float
    ) throws(MetaLearningError) {
        let share = 1 / Float(slots.count)
        let loss = slots.reduce(0) { $0 + $1.loss } / Double(slots.count)
        guard loss.isFinite else { throw .diverged(iteration: iteration) }
        var gradient = [Float](repeating: 0, count: parameters.count)
        for slot in slots {
            for index in gradient.indices { gradient[index] += share * slot.gradient[index] }
        }
        optimizer.step(&parameters, &moments, gradient: gradient, rate: rate)
        smoothedLoss = iteration == 0 ? loss : smoothedLoss * 0.95 + loss * 0.05
        iteration += 1
    }
}
