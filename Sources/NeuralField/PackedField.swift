import CNeuralField

/// The parameters of the hidden layers and of the modulation, packed for the kernels.
///
/// Invariant: ``load(_:)`` never runs while another thread uses the object; otherwise it is
/// read-only and may be shared.
public final class PackedField: @unchecked Sendable {
    /// The network's sizes.
    public let architecture: FieldArchitecture
    let shape: FieldShape
    let layout: FieldLayout
    /// Per hidden layer: [panels][inputs][16].
    let forward: [AlignedFloats]
    /// Per hidden layer but the first: [panels of inputs][d][16]; empty unless for gradients.
    let backward: [AlignedFloats]
    /// b_1 ... b_K, [K x d].
    let biases: AlignedFloats
    /// W_M, [K x d][latent]; empty unless for gradients.
    let modulation: AlignedFloats
    /// W_M transposed, [latent][K x d].
    let modulationColumns: AlignedFloats
    /// b_M, [K x d].
    let modulationBiases: AlignedFloats

    /// Packs parameters; `forGradients` also packs what the chain rule needs.
    public init(_ parameters: FieldParameters, forGradients: Bool) {
        let architecture = parameters.architecture
        let shape = FieldShape(architecture)
        self.architecture = architecture
        self.shape = shape
        layout = FieldLayout(architecture)
        let layerCount = architecture.hiddenLayerCount
        forward = (0..<layerCount).map { layer in
            AlignedFloats(count: shape.paddedWidth * shape.depth(ofHiddenLayer: layer))
        }
        backward = (1..<max(1, forGradients ? layerCount : 1)).map { _ in
            AlignedFloats(count: shape.paddedWidth * architecture.hiddenWidth)
        }
        let modulationCount = architecture.shiftCount * architecture.latentCount
        biases = AlignedFloats(count: architecture.shiftCount)
        modulation = AlignedFloats(count: forGradients ? modulationCount : 0)
        modulationColumns = AlignedFloats(count: modulationCount)
        modulationBiases = AlignedFloats(count: architecture.shiftCount)
        load(parameters.values)
    }

    /// Replaces the parameters, in the order of ``FieldLayout``.
    public func load(_ values: [Float]) {
        precondition(values.count == architecture.parameterCount, "parameters fit their network")
        values.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for layer in forward.indices { load(layer: layer, from: base) }
            loadModulation(from: base)
        }
    }

    private func load(layer: Int, from values: UnsafePointer<Float>) {
        let width = architecture.hiddenWidth
        let weights = values + layout.weights(ofHiddenLayer: layer).lowerBound
        let depth = Int64(shape.depth(ofHiddenLayer: layer))
        cnf_pack_rows(weights, Int64(width), depth, depth, forward[layer].start)
        if layer > 0 && !backward.isEmpty {
            let packed = backward[layer - 1].start
            cnf_pack_columns(weights, Int64(width), depth, depth, packed)
        }
        let bias = values + layout.biases(ofHiddenLayer: layer).lowerBound
        (biases.start + layer * width).update(from: bias, count: width)
    }

    private func loadModulation(from values: UnsafePointer<Float>) {
        let shiftCount = architecture.shiftCount
        let weights = values + layout.modulationWeights.lowerBound
        let bias = values + layout.modulationBiases.lowerBound
        modulation.start.update(from: weights, count: modulation.count)
        modulationBiases.start.update(from: bias, count: shiftCount)
        cnf_transpose(
            weights, Int64(shiftCount), Int64(architecture.latentCount),
            Int64(architecture.latentCount), modulationColumns.start, Int64(shiftCount))
    }

    /// Fills `starts`, [K][padded width], with b_i + (b_M + W_M phi): one chain of fused
    /// multiply-adds over the latent in order, then one sum. Padding is left alone.
    func fillStarts(_ starts: AlignedFloats, latent: [Float], path: KernelPath) {
        let shiftCount = architecture.shiftCount
        let shifts = AlignedFloats(count: shiftCount)
        shifts.start.update(from: modulationBiases.start, count: shiftCount)
        cnf_run_rows(
            path.selector, latent, modulationColumns.start, shifts.start, Int64(latent.count),
            Int64(shiftCount))
        let width = architecture.hiddenWidth
        for layer in 0..<architecture.hiddenLayerCount {
            for unit in 0..<width {
                let index = layer * width + unit
                starts.start[layer * shape.paddedWidth + unit] =
                    biases.start[index] + shifts.start[index]
            }
        }
    }
}
