import Cube

/// Uniform quantisation of floats: a sample's index is its quotient by the step, rounded, and it
/// stands for Sample(Double(index) x step), each operation rounded once.
///
/// Whatever does not come back as it must - too far away, not finite, nodata, or turned into nodata
/// - is an exception, found by decoding every sample while encoding it.
struct FloatQuantizer<Sample: QuantizableFloat> {
    private let step: Double
    /// The largest error; nil where every bit must come back.
    private let bound: Double?
    private let nodataValue: Double?

    /// A quantiser for a positive bound in data units. The step is slightly under twice the bound,
    /// so that rounding the product leaves the bound intact; nil where that is no usable step.
    init?(bound: Double, nodataValue: Double?) {
        step = 2 * bound * (1 - 0x1p-20)
        guard step.isNormal, (1 / step).isNormal else { return nil }
        self.bound = bound
        self.nodataValue = nodataValue
    }

    /// A lossless quantiser, for floats that hold whole numbers.
    init(integersWithNodata nodataValue: Double?) {
        step = 1
        bound = nil
        self.nodataValue = nodataValue
    }

    /// A quantiser with the step of a stream, for decoding; nil where that is no step.
    init?(step: Double, nodataValue: Double?) {
        guard step.isFinite, step > 0 else { return nil }
        self.step = step
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
            step: step, exceptions: exceptions.encode(), words: words,
            reconstruction: reconstruction)
    }

    /// Whether a thin sample of the block holds whole numbers only, so that a lossless quantiser
    /// is worth trying.
    func looksWorthwhile(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            let stride = max(1, samples.count / 1024)
            let probes = Swift.stride(from: 0, to: samples.count, by: stride).map { samples[$0] }
            let misses = probes.count {
                quantized($0) == nil && $0.bitPattern != nodataBits && $0.isFinite
            }
            return misses == 0
        }
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
                    samples[position] = Sample(Double(indices[position]) * step)
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
        // Adding and subtracting 1.5 x 2^52 rounds to a whole number, ties to even.
        let rounded = Double(sample) / step + 0x1.8p52 - 0x1.8p52
        guard abs(rounded) < 0x1p31 else { return nil }
        let level = Sample(rounded * step)
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
