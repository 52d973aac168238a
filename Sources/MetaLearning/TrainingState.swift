import NeuralField

/// Everything that changes while training: what a checkpoint holds.
struct TrainingState: Equatable {
    /// Weight of one iteration in the running means.
    private static let share = 0.03
    /// A running mean of the loss this many times the safe one is a collapse; batches vary by less.
    private static let collapseRatio = 3.0
    /// Iterations between two looks at whether the present parameters are the safest.
    private static let safetyInterval = 50

    /// Outer steps taken.
    var iteration = 0
    /// Time spent, resumed runs included.
    var seconds = 0.0
    /// Theta+, [parameters].
    var parameters: [Float]
    /// Adam over the parameters.
    var optimizer: AdamOptimizer
    /// Running mean of the outer loss, for reports; 0 before the first step.
    var smoothedLoss = 0.0
    /// Running mean of the gradient's norm; 0 before the first step.
    var smoothedNorm = 0.0
    /// The parameters to go back to where training collapses, [parameters].
    var safeParameters: [Float]
    /// The running mean of the loss when those were kept.
    var safeLoss = Double.infinity
    /// What collapses have left of the outer rate, 0...1.
    var rateFactor: Float = 1

    init(parameters: [Float]) {
        self.parameters = parameters
        safeParameters = parameters
        optimizer = AdamOptimizer(parameterCount: parameters.count)
    }

    /// One outer step down the mean of the cells' gradients.
    ///
    /// A gradient much longer than usual is shortened to `normLimit` times the running mean of
    /// norms: it comes from a cell whose inner loop overshot, and following it at full length costs
    /// dozens of iterations.
    ///
    /// - Throws: ``MetaLearningError/diverged(iteration:)``.
    mutating func apply(
        _ slots: [TrainingSlot], rate: Float, normLimit: Double
    ) throws(MetaLearningError) {
        let loss = slots.reduce(0) { $0 + $1.loss } / Double(slots.count)
        var gradient = mean(of: slots)
        let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard loss.isFinite, norm.isFinite else { throw .diverged(iteration: iteration) }
        if iteration == 0 {
            smoothedNorm = norm
            smoothedLoss = loss
        }
        let limit = normLimit * smoothedNorm
        if norm > limit {
            let factor = Float(limit / norm)
            for index in gradient.indices { gradient[index] *= factor }
        }
        smoothedNorm += Self.share * (min(norm, 3 * smoothedNorm) - smoothedNorm)
        smoothedLoss += Self.share * (loss - smoothedLoss)
        optimizer.step(&parameters, gradient: gradient, rate: rate * rateFactor)
        iteration += 1
        recoverFromCollapse()
    }

    /// First-order CAVIA can collapse: the inner loop stops adapting, and the network settles on
    /// one mean spectrum for ever. Its loss then is many times the best, so training goes back to
    /// the last safe parameters, at half the rate.
    private mutating func recoverFromCollapse() {
        if smoothedLoss > Self.collapseRatio * safeLoss {
            parameters = safeParameters
            optimizer = AdamOptimizer(parameterCount: parameters.count)
            smoothedLoss = safeLoss
            rateFactor /= 2
        } else if iteration % Self.safetyInterval == 0, smoothedLoss < safeLoss {
            safeParameters = parameters
            safeLoss = smoothedLoss
        }
    }

    private func mean(of slots: [TrainingSlot]) -> [Float] {
        var gradient = [Float](repeating: 0, count: parameters.count)
        let share = 1 / Float(slots.count)
        for slot in slots {
            for index in gradient.indices { gradient[index] += share * slot.gradient[index] }
        }
        return gradient
    }
}
