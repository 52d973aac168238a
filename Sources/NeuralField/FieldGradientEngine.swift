import CNeuralField

/// The loss of one image and its gradients, by blocks of pixels that pass forwards and backwards
/// through all layers while they lie in the cache. One thread at a time.
///
/// The loss is the squared error averaged over the batch's valid samples. Every sum is taken in a
/// fixed order, so results repeat bit for bit.
public final class FieldGradientEngine {
    private enum Wanted { case loss, latent, parameters }

    /// Pixels of one block.
    private static let blockPixelCount = 120

    private let architecture: FieldArchitecture
    private let shape: FieldShape
    private let path: KernelPath
    private let outputStride: Int
    /// [K][padded width] b_i + beta_i.
    private let starts: AlignedFloats
    /// Per layer, [pixels][activation stride]: h_i.
    private let activations: [AlignedFloats]
    /// Per layer, [pixels][activation stride]: d h_i / d z_i = w0 cos(w0 z_i).
    private let slopes: [AlignedFloats]
    /// Two of [pixels][activation stride], used in turn: d loss / d z_i.
    private let errors: [AlignedFloats]
    /// [pixels][output stride]: outputs, then their residuals.
    private let residuals: AlignedFloats
    /// [K][padded width]: d loss / d (b_i + beta_i), summed over pixels.
    private let startGradient: AlignedFloats
    /// Per hidden layer, [rows][padded inputs], and the output layer's [rows][padded width].
    private let weightGradients: [AlignedFloats]
    /// [output stride]: residuals summed over pixels.
    private let outputBiasGradient: AlignedFloats
    private let ones: [Float]

    /// Scratch memory for one network and at most `bandCapacity` bands.
    public init(_ architecture: FieldArchitecture, bandCapacity: Int, path: KernelPath = .best) {
        precondition(path.isAvailable, "this processor cannot run the chosen kernels")
        let shape = FieldShape(architecture)
        let block = Self.blockPixelCount
        let layerCount = architecture.hiddenLayerCount
        self.architecture = architecture
        self.shape = shape
        self.path = path
        outputStride = FieldShape.outputStride(rowCount: bandCapacity)
        func perLayer(_ count: Int, _ floatCount: Int) -> [AlignedFloats] {
            (0..<count).map { _ in AlignedFloats(count: floatCount) }
        }
        starts = AlignedFloats(count: layerCount * shape.paddedWidth)
        activations = perLayer(layerCount, block * shape.activationStride)
        slopes = perLayer(layerCount, block * shape.activationStride)
        errors = perLayer(2, block * shape.activationStride)
        residuals = AlignedFloats(count: block * outputStride)
        startGradient = AlignedFloats(count: layerCount * shape.paddedWidth)
        let rowCount = architecture.hiddenWidth.roundedUp(to: FieldShape.pixelMultiple)
        let bandRowCount = bandCapacity.roundedUp(to: FieldShape.pixelMultiple)
        weightGradients =
            perLayer(1, rowCount * FieldBatch.coordinateStride)
            + perLayer(layerCount - 1, rowCount * shape.paddedWidth)
            + perLayer(1, bandRowCount * shape.paddedWidth)
        outputBiasGradient = AlignedFloats(count: outputStride)
        ones = [Float](repeating: 1, count: block)
    }

    /// The loss alone.
    public func loss(
        field: PackedField, output: PackedOutput, latent: [Float], batch: FieldBatch
    ) -> FieldLoss {
        run(field, output, latent, batch, wanted: .loss)
    }

    /// The loss and its gradient with respect to the latent, [latent].
    public func latentGradient(
        field: PackedField, output: PackedOutput, latent: [Float], batch: FieldBatch
    ) -> (loss: FieldLoss, gradient: [Float]) {
        let loss = run(field, output, latent, batch, wanted: .latent)
        return (loss, latentGradient(field, loss))
    }

    /// The loss, its gradient with respect to the latent, and the gradient with respect to all
    /// parameters, which is added to `gradient` ([parameters], in the order of ``FieldLayout``).
    public func parameterGradient(
        field: PackedField, output: PackedOutput, latent: [Float], batch: FieldBatch,
        addingTo gradient: inout [Float]
    ) -> (loss: FieldLoss, latentGradient: [Float]) {
        precondition(
            gradient.count == architecture.parameterCount, "a gradient has room for every value")
        let loss = run(field, output, latent, batch, wanted: .parameters)
        let scale = Self.scale(loss)
        gradient.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            addHiddenGradients(to: base, scale: scale)
            addModulationGradients(to: base, latent: latent, scale: scale)
            output.scatter(
                weightGradient: weightGradients[architecture.hiddenLayerCount].start,
                stride: shape.paddedWidth, biasGradient: outputBiasGradient.start, scale: scale,
                into: base)
        }
        return (loss, latentGradient(field, loss))
    }

    /// d (mean of squares) / d (residual) is this times the residual.
    private static func scale(_ loss: FieldLoss) -> Float {
        2 / Float(max(1, loss.validSampleCount))
    }

    private func run(
        _ field: PackedField, _ output: PackedOutput, _ latent: [Float], _ batch: FieldBatch,
        wanted: Wanted
    ) -> FieldLoss {
        precondition(field.architecture == architecture, "the field fits its engine")
        precondition(latent.count == architecture.latentCount, "the latent fits its network")
        precondition(
            output.rowCount == batch.bandCount
                && FieldShape.outputStride(rowCount: output.rowCount) <= outputStride,
            "the batch has the bands of its output layer")
        field.fillStarts(starts, latent: latent, path: path)
        startGradient.clear()
        if wanted == .parameters {
            for gradient in weightGradients { gradient.clear() }
            outputBiasGradient.clear()
        }
        var squaredErrorSum = 0.0
        for first in stride(from: 0, to: batch.pixelCount, by: Self.blockPixelCount) {
            let pixelCount = min(Self.blockPixelCount, batch.pixelCount - first)
                .roundedUp(to: FieldShape.pixelMultiple)
            let block = Block(batch: batch, firstPixel: first, pixelCount: pixelCount)
            squaredErrorSum += forward(block, field, output, wanted)
            if wanted != .loss { backward(block, field, output, wanted) }
        }
        return FieldLoss(
            squaredErrorSum: squaredErrorSum, validSampleCount: batch.validSampleCount)
    }
}

extension FieldGradientEngine {
    /// Consecutive pixels of a batch, a whole number of tiles.
    private struct Block {
        let batch: FieldBatch
        let firstPixel: Int
        let pixelCount: Int

        var coordinates: UnsafePointer<Float> {
            UnsafePointer(batch.coordinates.start + firstPixel * FieldBatch.coordinateStride)
        }
        var targets: UnsafePointer<Float> {
            UnsafePointer(batch.targets.start + firstPixel * batch.targetStride)
        }
    }

    /// Leaves the block's residuals in `residuals`; returns the sum of their squares.
    private func forward(
        _ block: Block, _ field: PackedField, _ output: PackedOutput, _ wanted: Wanted
    ) -> Double {
        var product = cnf_product()
        product.pixel_count = Int64(block.pixelCount)
        product.omega = architecture.omega
        product.input = block.coordinates
        product.input_stride = Int64(FieldBatch.coordinateStride)
        product.panel_count = Int64(shape.panelCount)
        product.output_stride = Int64(shape.activationStride)
        product.finish = wanted == .loss ? CNF_SINE : CNF_SINE_AND_SLOPE
        for layer in field.forward.indices {
            product.panels = UnsafePointer(field.forward[layer].start)
            product.start = UnsafePointer(starts.start + layer * shape.paddedWidth)
            product.output = activations[layer].start
            product.slopes = slopes[layer].start
            product.depth = Int64(shape.depth(ofHiddenLayer: layer))
            cnf_run_product(path.selector, &product)
            product.input = UnsafePointer(product.output)
            product.input_stride = Int64(shape.activationStride)
        }
        product.panels = UnsafePointer(output.forward.start)
        product.start = UnsafePointer(output.biases.start)
        product.output = residuals.start
        product.depth = Int64(architecture.hiddenWidth)
        product.panel_count = Int64(output.biases.count / FieldShape.panelWidth)
        product.output_stride = Int64(outputStride)
        product.finish = CNF_LINEAR
        cnf_run_product(path.selector, &product)
        return cnf_residuals(
            residuals.start, block.targets, Int64(block.pixelCount), Int64(output.rowCount),
            Int64(outputStride), Int64(block.batch.targetStride))
    }

    /// The chain rule from the residuals down to the first layer.
    private func backward(
        _ block: Block, _ field: PackedField, _ output: PackedOutput, _ wanted: Wanted
    ) {
        let last = architecture.hiddenLayerCount - 1
        if wanted == .parameters { addOutputGradients(block, rowCount: output.rowCount) }
        var product = cnf_product()
        product.pixel_count = Int64(block.pixelCount)
        product.panel_count = Int64(shape.panelCount)
        product.output_stride = Int64(shape.activationStride)
        product.finish = CNF_TIMES_SLOPE
        product.input = UnsafePointer(residuals.start)
        product.input_stride = Int64(outputStride)
        product.panels = UnsafePointer(output.backward.start)
        product.depth = Int64(output.rowCount)
        for layer in (0...last).reversed() {
            product.slopes = slopes[layer].start
            product.sums = startGradient.start + layer * shape.paddedWidth
            product.output = errors[layer % 2].start
            cnf_run_product(path.selector, &product)
            if wanted == .parameters { addWeightGradient(block, layer: layer) }
            guard layer > 0 else { return }
            product.input = UnsafePointer(product.output)
            product.input_stride = Int64(shape.activationStride)
            product.panels = UnsafePointer(field.backward[layer - 1].start)
            product.depth = Int64(architecture.hiddenWidth)
        }
    }

    private func addWeightGradient(_ block: Block, layer: Int) {
        var outer = cnf_outer()
        outer.left = UnsafePointer(errors[layer % 2].start)
        outer.left_stride = Int64(shape.activationStride)
        outer.right =
            layer == 0 ? block.coordinates : UnsafePointer(activations[layer - 1].start)
        outer.right_stride = Int64(
            layer == 0 ? FieldBatch.coordinateStride : shape.activationStride)
        outer.sums = weightGradients[layer].start
        outer.panel_count = layer == 0 ? 1 : Int64(shape.panelCount)
        outer.sum_stride = outer.panel_count * Int64(FieldShape.panelWidth)
        outer.row_count = Int64(
            architecture.hiddenWidth.roundedUp(to: FieldShape.pixelMultiple))
        outer.pixel_count = Int64(block.pixelCount)
        cnf_run_outer(path.selector, &outer)
    }

    private func addOutputGradients(_ block: Block, rowCount: Int) {
        var outer = cnf_outer()
        outer.left = UnsafePointer(residuals.start)
        outer.left_stride = Int64(outputStride)
        outer.right = UnsafePointer(activations[architecture.hiddenLayerCount - 1].start)
        outer.right_stride = Int64(shape.activationStride)
        outer.sums = weightGradients[architecture.hiddenLayerCount].start
        outer.sum_stride = Int64(shape.paddedWidth)
        outer.panel_count = Int64(shape.panelCount)
        outer.row_count = Int64(rowCount.roundedUp(to: FieldShape.pixelMultiple))
        outer.pixel_count = Int64(block.pixelCount)
        cnf_run_outer(path.selector, &outer)
        cnf_run_rows(
            path.selector, ones, residuals.start, outputBiasGradient.start,
            Int64(block.pixelCount), Int64(outputStride))
    }
}

extension FieldGradientEngine {
    /// d loss / d phi = W_M^T (d loss / d beta).
    private func latentGradient(_ field: PackedField, _ loss: FieldLoss) -> [Float] {
        var gradient = [Float](repeating: 0, count: architecture.latentCount)
        let width = architecture.hiddenWidth
        for layer in 0..<architecture.hiddenLayerCount {
            cnf_run_rows(
                path.selector, startGradient.start + layer * shape.paddedWidth,
                field.modulation.start + layer * width * architecture.latentCount, &gradient,
                Int64(width), Int64(architecture.latentCount))
        }
        let scale = Self.scale(loss)
        return gradient.map { $0 * scale }
    }

    private func addHiddenGradients(to gradient: UnsafeMutablePointer<Float>, scale: Float) {
        let layout = FieldLayout(architecture)
        for layer in 0..<architecture.hiddenLayerCount {
            let depth = shape.depth(ofHiddenLayer: layer)
            let stride = layer == 0 ? FieldBatch.coordinateStride : shape.paddedWidth
            let weights = gradient + layout.weights(ofHiddenLayer: layer).lowerBound
            let biases = gradient + layout.biases(ofHiddenLayer: layer).lowerBound
            let source = weightGradients[layer].start
            let starts = startGradient.start + layer * shape.paddedWidth
            for unit in 0..<architecture.hiddenWidth {
                for input in 0..<depth {
                    weights[unit * depth + input] += scale * source[unit * stride + input]
                }
                biases[unit] += scale * starts[unit]
            }
        }
    }

    private func addModulationGradients(
        to gradient: UnsafeMutablePointer<Float>, latent: [Float], scale: Float
    ) {
        let layout = FieldLayout(architecture)
        let weights = gradient + layout.modulationWeights.lowerBound
        let biases = gradient + layout.modulationBiases.lowerBound
        for index in 0..<architecture.shiftCount {
            let (layer, unit) = index.quotientAndRemainder(dividingBy: architecture.hiddenWidth)
            var value = scale * startGradient.start[layer * shape.paddedWidth + unit]
            biases[index] += value
            cnf_run_rows(
                path.selector, &value, latent, weights + index * architecture.latentCount, 1,
                Int64(architecture.latentCount))
        }
    }
}
