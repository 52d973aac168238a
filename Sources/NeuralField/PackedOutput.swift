import CNeuralField

/// The output layer of one cube, W_(K+1) and b_(K+1) seen through an ``OutputMap``, packed for the
/// kernels.
///
/// Invariant: ``load(_:)`` never runs while another thread uses the object; otherwise it is
/// read-only and may be shared.
public final class PackedOutput: @unchecked Sendable {
    /// The map from outputs to bands.
    public let map: OutputMap
    let layout: FieldLayout
    /// [rows of the map][d] effective weights.
    let weights: AlignedFloats
    /// [panels of rows x 16] effective biases.
    let biases: AlignedFloats
    /// [panels of rows][d][16].
    let forward: AlignedFloats
    /// [panels of d][rows][16]; empty unless for gradients.
    let backward: AlignedFloats

    /// Packs parameters; `forGradients` also packs what the chain rule needs.
    public init(_ parameters: FieldParameters, map: OutputMap, forGradients: Bool) {
        precondition(
            map.outputCount == parameters.architecture.outputCount, "a map fits its network")
        let shape = FieldShape(parameters.architecture)
        let paddedRowCount = map.rows.count.roundedUp(to: FieldShape.panelWidth)
        self.map = map
        layout = FieldLayout(parameters.architecture)
        weights = AlignedFloats(count: map.rows.count * parameters.architecture.hiddenWidth)
        biases = AlignedFloats(count: paddedRowCount)
        forward = AlignedFloats(count: paddedRowCount * parameters.architecture.hiddenWidth)
        backward = AlignedFloats(count: forGradients ? shape.paddedWidth * map.rows.count : 0)
        load(parameters.values)
    }

    /// Number of bands that are computed.
    public var rowCount: Int { map.rows.count }

    /// Replaces the parameters, in the order of ``FieldLayout``.
    public func load(_ values: [Float]) {
        let width = layout.architecture.hiddenWidth
        precondition(
            values.count == layout.architecture.parameterCount, "parameters fit their network")
        weights.clear()
        biases.clear()
        values.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for (row, terms) in map.rows.enumerated() { combine(terms, into: row, from: base) }
        }
        let (rowCount, depth) = (Int64(map.rows.count), Int64(width))
        cnf_pack_rows(weights.start, rowCount, depth, depth, forward.start)
        if backward.count > 0 {
            cnf_pack_columns(weights.start, rowCount, depth, depth, backward.start)
        }
    }

    /// Row = sum of weight * output row: fused multiply-adds from 0 in the order of the terms.
    private func combine(
        _ terms: [OutputMap.Term], into row: Int, from values: UnsafePointer<Float>
    ) {
        let width = layout.architecture.hiddenWidth
        let target = weights.start + row * width
        for term in terms {
            var factor = term.weight
            let source = values + layout.outputWeights.lowerBound + term.outputIndex * width
            cnf_run_rows(KernelPath.best.selector, &factor, source, target, 1, Int64(width))
            let bias = values[layout.outputBiases.lowerBound + term.outputIndex]
            biases.start[row].addProduct(factor, bias)
        }
    }

    /// Adds `scale` times the gradient of the effective layer to the flat gradient of all
    /// parameters: the transpose of the map.
    func scatter(
        weightGradient: UnsafePointer<Float>, stride: Int, biasGradient: UnsafePointer<Float>,
        scale: Float, into gradient: UnsafeMutablePointer<Float>
    ) {
        let width = layout.architecture.hiddenWidth
        for (row, terms) in map.rows.enumerated() {
            for term in terms {
                var factor = term.weight * scale
                let target =
                    gradient + layout.outputWeights.lowerBound + term.outputIndex * width
                cnf_run_rows(
                    KernelPath.best.selector, &factor, weightGradient + row * stride, target, 1,
                    Int64(width))
                gradient[layout.outputBiases.lowerBound + term.outputIndex] +=
                    factor * biasGradient[row]
            }
        }
    }
}
