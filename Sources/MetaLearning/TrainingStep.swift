import NeuralField

/// What the workers of one iteration share, unchanged while they run.
struct TrainingStep: Sendable {
    let problems: [CellProblem]
    let field: PackedField
    let settings: TrainingSettings
    let iteration: Int
}
