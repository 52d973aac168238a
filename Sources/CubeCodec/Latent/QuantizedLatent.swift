import MetaLearning

/// A scene's latent with its values rounded to whole multiples of one step.
///
/// Invariant: every index is within ±2^24, so that it is exact as a Float, and every value
/// Float(index) x step is finite. The step is positive and finite.
public struct QuantizedLatent: Hashable, Sendable {
    /// The largest magnitude of an index.
    public static let maximumMagnitude: Int32 = 1 << 24

    /// The distance of two neighbouring values.
    public let step: Float
    /// [rows][columns][latentCount] whole multiples of the step.
    public let indices: [Int32]
    /// The latent that decoding gives, on every machine: one rounded product per value.
    public let latent: SceneLatent

    /// Rounds a latent's values to the nearest multiples of a step (ties to even).
    ///
    /// - Throws: ``CubeCodecError/latentOutOfRange(step:)`` where a value is not finite or too
    ///   large for the step, or the step is not positive and finite.
    public init(_ latent: SceneLatent, step: Float) throws(CubeCodecError) {
        guard step.isFinite, step > 0 else { throw .latentOutOfRange(step: step) }
        var indices: [Int32] = []
        indices.reserveCapacity(latent.values.count)
        for value in latent.values {
            let index = (Double(value) / Double(step)).rounded(.toNearestOrEven)
            guard abs(index) <= Double(Self.maximumMagnitude) else {
                throw .latentOutOfRange(step: step)
            }
            indices.append(Int32(index))
        }
        try self.init(indices: indices, step: step, like: latent)
    }

    /// The latent of some indices, with everything but the values taken from `template`.
    init(
        indices: [Int32], step: Float, like template: SceneLatent
    ) throws(CubeCodecError) {
        let values = indices.map { Float($0) * step }
        guard values.allSatisfy(\.isFinite) else { throw .latentOutOfRange(step: step) }
        self.step = step
        self.indices = indices
        latent = SceneLatent(
            rows: template.rows, columns: template.columns, latentCount: template.latentCount,
            values: values, scaling: template.scaling, bandStates: template.bandStates)
    }
}
