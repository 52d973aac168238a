/// What one cell contributes to an outer step.
///
/// Invariant: one worker at a time writes it, and nobody reads it meanwhile.
final class TrainingSlot: @unchecked Sendable {
    /// [parameters] gradient of the loss after adaptation.
    var gradient: [Float]
    /// The loss after adaptation.
    var loss = 0.0

    init(parameterCount: Int) { gradient = [Float](repeating: 0, count: parameterCount) }
}
