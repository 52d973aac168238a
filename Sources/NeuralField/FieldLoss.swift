/// The loss of one image over a batch of its samples.
public struct FieldLoss: Sendable, Equatable {
    /// Sum of squared differences over valid samples.
    public let squaredErrorSum: Double
    /// Number of valid samples.
    public let validSampleCount: Int

    /// Mean squared error over pixels and bands; 0 where no sample is valid.
    public var meanSquaredError: Double {
        validSampleCount == 0 ? 0 : squaredErrorSum / Double(validSampleCount)
    }
}
