import Cube

/// Uniform quantisation of floats: a sample's index is its quotient by the step, rounded, and it
/// stands for Sample(Double(index) x step), or the same with a quotient, each operation rounded
/// once.
///
/// Whatever does not come back as it must - too far away, not finite, nodata, or turned into nodata
/// - is an exception, found by decoding every sample while encoding it.
struct FloatQuantizer<Sample: QuantizableFloat> {
    private let scale: FloatScale
    /// The largest error; nil where every bit must come back.
    private let bound: Double?
    private let nodataValue: Double?

    /// A quantiser for a positive bound in data units. The step is slightly under twice the bound,
    /// so that rounding the product leaves the bound intact; nil where that is no usable step.
    init?(bound: Double, nodataValue: Double?) {
        let step = 2 * bound * (1 - 0x1p-20)
        guard step.isNormal, (1 / step).isNormal else { return nil }
        scale = FloatScale(step: step)
        self.bound = bound
        self.nodataValue = nodataValue
    }

    /// A lossless quantiser, for floats that hold whole numbers by some scale.
    init(scale: FloatScale, nodataValue: Double?) {
        self.scale = scale
        bound = nil
        self.nodataValue = nodataValue
    }

    /// A quantiser with the scale of a stream, for decoding; nil where that is none.
    init?(decoding scale: FloatScale, nodataValue: Double?) {
        guard scale.step.isFinite, scale.step > 0 else { return nil }
        self.scale = scale
        bound = nil
        self.nodataValue = nodataValue
    }

    /// Quantises raw samples; nil where exceptions would cost more than the quantiser saves.
    func quantize(_ bytes: [UInt8], _ layout: WordLayout) -> QuantizedSamples? {
        var exceptions = SampleExceptions()
        let exceptionLimit = bytes.count / 8
        var words = WordBlock(
            zeroed: WordLayout(
                bands: layout.bands, lines: layout.lines, samples: layout.samples,
                wordByteCount: 4))
        var reconstruction = bytes
        words.bytes.withUnsafeMutableBytes { rawWords in
            reconstruction.withUnsafeMutableBytes { rawSamples in
                let indices = rawWords.assumingMemoryBound(to: Int32.self)
                let samples = rawSamples.assumingMemoryBound(to: Sample.self)
                for position in samples.indices {
                    let sample = samples[position]
                    if let (index, level) = quantized(sample) {
                        indices[position] = index
                        samples[position] = level
                    } else {
                        exceptions.add(
                            position, isNodata: sample.bitPattern == nodataBits,
                            bits: sample.bitPattern)
                        if exceptions.approximateByteCount > exceptionLimit { return }
                    }
                }
            }
        }
        guard exceptions.approximateByteCount <= exceptionLimit else { return nil }
        return QuantizedSamples(
            representation: scale.isQuotient ? .quotient : .quantized, step: scale.step,
            exceptions: exceptions.encode(), words: words,
            reconstruction: reconstruction)
    }

    /// Turns decoded words into raw samples.
    func restore(_ words: WordBlock, exceptions: [UInt8]) throws -> [UInt8] {
        let byteCount = words.layout.wordCount * MemoryLayout<Sample>.size
        var bytes = [UInt8](repeating: 0, count: byteCount)
        try bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            words.bytes.withUnsafeBytes { rawWords in
                let indices = rawWords.assumingMemoryBound(to: Int32.self)
                for position in samples.indices {
                    samples[position] = scale.sample(Double(indices[position]))
                }
            }
            let bits = raw.assumingMemoryBound(to: Sample.Bits.self)
            try SampleExceptions.apply(exceptions, to: bits, nodata: nodataBits)
        }
        return bytes
    }

    /// The bits of nodata; nil also where it is a NaN, whose bits a conversion may change.
    private var nodataBits: Sample.Bits? {
        nodataValue.flatMap { $0.isNaN ? nil : Sample($0).bitPattern }
    }

    /// A sample's index and reconstruction; nil for an exception.
    @inline(__always)
    private func quantized(_ sample: Sample) -> (index: Int32, level: Sample)? {
        let rounded = scale.index(of: Double(sample))
        guard abs(rounded) < 0x1p31 else { return nil }
        let level: Sample = scale.sample(rounded)
        if let bound {
            let error = abs(Double(sample) - Double(level))
            guard error <= bound, Double(sample) != nodataValue, Double(level) != nodataValue
            else { return nil }
        } else if level.bitPattern != sample.bitPattern {
            return nil
        }
        return (Int32(rounded), level)
    }
}
