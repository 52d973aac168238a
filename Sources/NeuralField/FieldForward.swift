import CNeuralField

/// The forward pass of one block of pixels, with its scratch memory. One thread at a time.
struct FieldForward {
    let outputStride: Int
    private let field: PackedField
    private let outputs: PackedOutput
    private let path: KernelPath
    /// [pixels][2]
    private let positions: AlignedFloats
    /// Two of [pixels][activation stride], used in turn.
    private let activations: [AlignedFloats]
    /// [pixels][output stride]
    private let values: AlignedFloats

    init(field: PackedField, outputs: PackedOutput, pixelCapacity: Int, path: KernelPath) {
        let capacity = pixelCapacity.roundedUp(to: FieldShape.pixelMultiple)
        self.field = field
        self.outputs = outputs
        self.path = path
        outputStride = FieldShape.outputStride(rowCount: outputs.rowCount)
        positions = AlignedFloats(count: capacity * 2)
        activations = (0..<2).map { _ in
            AlignedFloats(count: capacity * field.shape.activationStride)
        }
        values = AlignedFloats(count: capacity * outputStride)
    }

    /// Computes a block; the result, [pixels][output stride], is good until the next call.
    func run(
        _ shifts: FieldShifts, coordinates: [Float], pixels: Range<Int>
    ) -> UnsafePointer<Float> {
        for (slot, index) in (pixels.lowerBound * 2..<pixels.upperBound * 2).enumerated() {
            positions.start[slot] = coordinates[index]
        }
        let pixelCount = pixels.count.roundedUp(to: FieldShape.pixelMultiple)
        var product = cnf_product()
        product.pixel_count = Int64(pixelCount)
        product.input = UnsafePointer(positions.start)
        product.input_stride = 2
        product.omega = field.architecture.omega
        for layer in field.forward.indices {
            let output = activations[layer % 2].start
            product.panels = UnsafePointer(field.forward[layer].start)
            product.start = UnsafePointer(shifts.starts.start + layer * field.shape.paddedWidth)
            product.output = output
            product.depth = Int64(field.shape.depth(ofHiddenLayer: layer))
            product.panel_count = Int64(field.shape.panelCount)
            product.output_stride = Int64(field.shape.activationStride)
            product.finish = CNF_SINE
            cnf_run_product(path.selector, &product)
            product.input = UnsafePointer(output)
            product.input_stride = Int64(field.shape.activationStride)
        }
        product.panels = UnsafePointer(outputs.forward.start)
        product.start = UnsafePointer(outputs.biases.start)
        product.output = values.start
        product.depth = Int64(field.architecture.hiddenWidth)
        product.panel_count = Int64(outputs.biases.count / FieldShape.panelWidth)
        product.output_stride = Int64(outputStride)
        product.finish = CNF_LINEAR
        cnf_run_product(path.selector, &product)
        return UnsafePointer(values.start)
    }
}
