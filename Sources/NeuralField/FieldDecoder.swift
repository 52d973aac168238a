import CNeuralField

/// Computes samples from latents, the same bits on every machine, path, thread count and block
/// size: every output is one chain of fused multiply-adds in ascending order of k that starts at
/// its bias, and the sine is our own (docs/METHOD.md).
///
/// Invariant: the network's weights keep every sine's argument within ``sineLimit`` for every
/// latent that ``shifts(of:)`` lets through, so decoded values are always finite.
public struct FieldDecoder: Sendable {
    /// Largest |w0 z| for which the sine's error is bounded.
    public static let sineLimit = Double(CNF_SINE_LIMIT)
    /// Largest sum of magnitudes of one output's weights, so that no output overflows.
    private static let outputLimit = 1e30
    /// Pixels that go through all layers together: their activations fit in the second cache.
    private static let blockPixelCount = 96
    /// Pixels of one parallel job.
    private static let jobPixelCount = 960

    /// The network.
    public let parameters: FieldParameters
    /// The compiled form of the kernels in use.
    public let path: KernelPath
    private let field: PackedField
    /// [K][d] largest |W_i h| that can occur, in double precision.
    private let reach: [Double]

    /// Packs a network for decoding.
    ///
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)`` where weights are so large that
    ///   outputs could overflow.
    public init(
        _ parameters: FieldParameters, path: KernelPath = .best
    ) throws(NeuralFieldError) {
        precondition(path.isAvailable, "this processor cannot run the chosen kernels")
        self.parameters = parameters
        self.path = path
        field = PackedField(parameters, forGradients: false)
        let layout = parameters.layout
        reach = (0..<parameters.architecture.hiddenLayerCount).flatMap { layer in
            Self.rowReaches(
                parameters.values[layout.weights(ofHiddenLayer: layer)],
                depth: layout.inputCount(ofHiddenLayer: layer))
        }
        let outputs = Self.rowReaches(
            parameters.values[layout.outputWeights], depth: parameters.architecture.hiddenWidth)
        for (sum, bias) in zip(outputs, parameters.values[layout.outputBiases])
        where sum + Double(abs(bias)) > Self.outputLimit {
            throw .impossibleParameters(reason: "the weights of an output reach \(sum)")
        }
    }

    /// Packs some bands of a cube, to be used for many calls.
    public func prepare(_ map: OutputMap) -> PackedOutput {
        PackedOutput(parameters, map: map, forGradients: false)
    }

    /// Turns a latent into the shifts of all layers.
    ///
    /// - Throws: ``NeuralFieldError/impossibleLatent(reason:)`` where it has the wrong length, is
    ///   not finite, or could drive a sine beyond ``sineLimit``.
    public func shifts(of latent: [Float]) throws(NeuralFieldError) -> FieldShifts {
        let architecture = parameters.architecture
        guard latent.count == architecture.latentCount else {
            throw .impossibleLatent(
                reason: "\(latent.count) values where \(architecture.latentCount) belong")
        }
        let shape = field.shape
        let starts = AlignedFloats(count: architecture.hiddenLayerCount * shape.paddedWidth)
        field.fillStarts(starts, latent: latent, path: path)
        for (index, reach) in reach.enumerated() {
            let (layer, unit) = index.quotientAndRemainder(dividingBy: architecture.hiddenWidth)
            let start = Double(starts.start[layer * shape.paddedWidth + unit])
            // Also false for NaN, which a latent that is not finite leads to.
            guard Double(architecture.omega) * (abs(start) + reach) <= Self.sineLimit else {
                throw .impossibleLatent(
                    reason: "unit \(unit) of layer \(layer + 1) starts at \(start)")
            }
        }
        return FieldShifts(starts: starts)
    }

    /// Decodes some outputs at some pixels.
    ///
    /// - Parameters:
    ///   - latent: phi, [latentCount].
    ///   - coordinates: [pixels][x, y], each in -1...1.
    ///   - outputIndices: outputs to compute, in order; nil for all.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Returns: [outputs][pixels] values as the network gives them (0...1 where it was trained).
    /// - Throws: ``NeuralFieldError/impossibleLatent(reason:)``.
    public func decode(
        latent: [Float], coordinates: [Float], outputIndices: [Int]? = nil, threadCount: Int = 1
    ) throws(NeuralFieldError) -> [Float] {
        let outputCount = parameters.architecture.outputCount
        let outputs = prepare(
            OutputMap(
                outputCount: outputCount, selecting: outputIndices ?? Array(0..<outputCount)))
        return decode(
            try shifts(of: latent), outputs: outputs, coordinates: coordinates,
            threadCount: threadCount)
    }

    /// Decodes prepared bands at some pixels; as
    /// ``decode(latent:coordinates:outputIndices:threadCount:)``.
    ///
    /// - Returns: [bands][pixels].
    public func decode(
        _ shifts: FieldShifts, outputs: PackedOutput, coordinates: [Float], threadCount: Int = 1
    ) -> [Float] {
        precondition(
            coordinates.count % 2 == 0 && coordinates.allSatisfy { abs($0) <= 1 },
            "coordinates are pairs in -1...1")
        let pixelCount = coordinates.count / 2
        let count = pixelCount * outputs.rowCount
        return [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            if let base = buffer.baseAddress, count > 0 {
                let target = SharedFloats(start: base)
                let jobCount = (pixelCount - 1) / Self.jobPixelCount + 1
                Workers.run(jobCount, threadCount: threadCount) { job, _ in
                    let first = job * Self.jobPixelCount
                    let pixels = first..<min(first + Self.jobPixelCount, pixelCount)
                    decode(
                        shifts, outputs, coordinates, pixels, into: target.start,
                        stride: pixelCount)
                }
            }
            initializedCount = count
        }
    }

    /// One job: its blocks one after the other, written to [bands][stride].
    private func decode(
        _ shifts: FieldShifts, _ outputs: PackedOutput, _ coordinates: [Float],
        _ pixels: Range<Int>, into target: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let forward = FieldForward(
            field: field, outputs: outputs, pixelCapacity: Self.blockPixelCount, path: path)
        for first in Swift.stride(
            from: pixels.lowerBound, to: pixels.upperBound, by: Self.blockPixelCount)
        {
            let block = first..<min(first + Self.blockPixelCount, pixels.upperBound)
            let values = forward.run(shifts, coordinates: coordinates, pixels: block)
            cnf_transpose(
                values, Int64(block.count), Int64(outputs.rowCount), Int64(forward.outputStride),
                target + first, Int64(stride))
        }
    }

    /// The sum of magnitudes of each row, with a margin for sines that round to just above 1.
    private static func rowReaches(_ weights: ArraySlice<Float>, depth: Int) -> [Double] {
        stride(from: weights.startIndex, to: weights.endIndex, by: depth).map { start in
            weights[start..<start + depth].reduce(0) { $0 + Double(abs($1)) } * 1.001
        }
    }
}
