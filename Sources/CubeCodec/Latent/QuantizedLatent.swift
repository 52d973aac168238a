import MetaLearning

/// A scene's latent with its values rounded to whole multiples of their steps, counted from where
/// the base network expects them.
///
/// Invariant: every index is within ±2^24, so that it is exact as a Float, and every value
/// origin + Float(index) x step is finite. Steps are positive and finite.
public struct QuantizedLatent: Hashable, Sendable {
    /// The largest magnitude of an index.
    public static let maximumMagnitude: Int32 = 1 << 24

    /// The distances of neighbouring values.
    public let steps: LatentSteps
    /// [rows][columns][latentCount] whole multiples of the step.
    public let indices: [Int32]
    /// The latent that decoding gives, on every machine: one fused multiply-add per value.
    public let latent: SceneLatent

    /// Rounds a latent's values to the nearest multiples of one step (ties to even).
    ///
    /// - Throws: as ``init(_:steps:)``.
    public init(_ latent: SceneLatent, step: Float) throws(CubeCodecError) {
        try self.init(latent, steps: .common(step))
    }

    /// Rounds a latent's values to the nearest multiples of their steps (ties to even).
    ///
    /// - Throws: ``CubeCodecError/latentOutOfRange(step:)`` where a value is not finite or too
    ///   large for its step, or a step is not positive and finite.
    public init(_ latent: SceneLatent, steps: LatentSteps) throws(CubeCodecError) {
        let widths = try steps.values(count: latent.latentCount)
        let origins = steps.origins(count: latent.latentCount)
        var indices: [Int32] = []
        indices.reserveCapacity(latent.values.count)
        for (position, value) in latent.values.enumerated() {
            let step = widths[position % latent.latentCount]
            let distance = Double(value) - Double(origins[position % latent.latentCount])
            let index = (distance / Double(step)).rounded(.toNearestOrEven)
            guard abs(index) <= Double(Self.maximumMagnitude) else {
                throw .latentOutOfRange(step: step)
            }
            indices.append(Int32(index))
        }
        try self.init(indices: indices, steps: steps, like: latent)
    }

    /// The latents of some cells, in one row: what they take by themselves.
    public func row(ofCells cells: [Int]) -> QuantizedLatent {
        let count = latent.latentCount
        func chosen<Element>(_ values: [Element]) -> [Element] {
            cells.flatMap { values[$0 * count..<($0 + 1) * count] }
        }
        return QuantizedLatent(
            steps: steps, indices: chosen(indices),
            latent: SceneLatent(
                level: latent.level, rows: 1, columns: cells.count, latentCount: count,
                values: chosen(latent.values), scaling: latent.scaling,
                bandStates: latent.bandStates))
    }

    /// The same values, with other smoothing of the seams between cells.
    ///
    /// Only streams of a base network's steps say it, so that it must be nil with a common step.
    public func with(_ deblocking: Deblocking?) -> QuantizedLatent {
        if deblocking != nil, case .common = steps {
            preconditionFailure("streams with a common step cannot say how seams are smoothed")
        }
        var latent = latent
        latent.deblocking = deblocking
        return QuantizedLatent(steps: steps, indices: indices, latent: latent)
    }

    private init(steps: LatentSteps, indices: [Int32], latent: SceneLatent) {
        self.steps = steps
        self.indices = indices
        self.latent = latent
    }

    /// The latent of some indices, with everything but the values taken from `template`.
    init(
        indices: [Int32], steps: LatentSteps, like template: SceneLatent
    ) throws(CubeCodecError) {
        let widths = try steps.values(count: template.latentCount)
        let origins = steps.origins(count: template.latentCount)
        let values = indices.enumerated().map {
            let value = $0.offset % widths.count
            return origins[value].addingProduct(Float($0.element), widths[value])
        }
        guard values.allSatisfy(\.isFinite) else {
            throw .latentOutOfRange(step: widths.max() ?? 0)
        }
        self.steps = steps
        self.indices = indices
        latent = SceneLatent(
            level: template.level, rows: template.rows, columns: template.columns,
            latentCount: template.latentCount,
            values: values, scaling: template.scaling, bandStates: template.bandStates,
            deblocking: template.deblocking)
    }
}
