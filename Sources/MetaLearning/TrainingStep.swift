import NeuralField

/// What the workers of one iteration share, unchanged while they run.
struct TrainingStep: Sendable {
    let problems: [CellProblem]
    let field: PackedField
    let settings: TrainingSettings
    /// The inner rates, [latent].
    let rates: [Float]
    let iteration: Int
}
