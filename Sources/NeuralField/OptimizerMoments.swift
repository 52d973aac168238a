/// What ``FieldOptimizer`` remembers between steps; a checkpoint keeps it.
public struct OptimizerMoments: Sendable, Equatable {
    /// Running mean of gradients, [parameters].
    public internal(set) var means: [Float]
    /// Running mean of squared gradients, [parameters]; unused, and 0, for parameters in matrices
    /// that are stepped as a whole.
    public internal(set) var squares: [Float]
    /// Steps taken.
    public internal(set) var stepCount: Int

    /// Before the first step.
    public init(parameterCount: Int) {
        means = [Float](repeating: 0, count: parameterCount)
        squares = means
        stepCount = 0
    }

    /// A stated state, as a checkpoint keeps it.
    public init(means: [Float], squares: [Float], stepCount: Int) {
        precondition(means.count == squares.count && stepCount >= 0, "the state fits itself")
        self.means = means
        self.squares = squares
        self.stepCount = stepCount
    }
}
