import Cube

/// Quantisation of floats within a relative error: the index of a sample is that of its magnitude
/// among ``RelativeFloatLevels``, with the sample's sign; zero is 0.
///
/// Whatever does not come back as it must - too far away, subnormal, not finite, nodata, or turned
/// into nodata - is an exception, found by decoding every sample while encoding it.
struct RelativeFloatQuantizer<Sample: QuantizableFloat> {
    /// The largest error as a fraction of a sample; nil for decoding.
    private let bound: Double?
    /// What the levels are made for: a little less than the bound, so that rounding a level to the
    /// sample's type leaves the bound intact.
    private let levelBound: Double
    private let levels: RelativeFloatLevels
    private let nodataValue: Double?

    /// A quantiser for a bound as a fraction of a sample.
    init(bound: Double, nodataValue: Double?) {
        self.bound = bound
        levelBound = bound * (1 - 0x1p-7)
        levels = RelativeFloatLevels(bound: levelBound)
        self.nodataValue = nodataValue
    }

    /// A quantiser for the bound that a stream states.
    init(decodingBound: Double, nodataValue: Double?) {
        bound = nil
        levelBound = decodingBound
        levels = RelativeFloatLevels(bound: decodingBound)
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
                var previous: Int32 = 0
                for position in samples.indices {
                    let sample = samples[position]
                    if let (index, level) = quantized(sample) {
                        indices[position] = index
                        samples[position] = level
                        previous = index
                    } else {
                        // Any word will do: the one before disturbs prediction least.
                        indices[position] = previous
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
            representation: .relative, step: levelBound, exceptions: exceptions.encode(),
            words: words, reconstruction: reconstruction)
    }

    /// Turns decoded words into raw samples.
    func restore(_ words: WordBlock, exceptions: [UInt8]) throws -> [UInt8] {
        let byteCount = words.layout.wordCount * MemoryLayout<Sample>.size
        var bytes = [UInt8](repeating: 0, count: byteCount)
        try bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            words.bytes.withUnsafeBytes { rawWords in
                let indices = rawWords.assumingMemoryBound(to: Int32.self)
                for position in samples.indices { samples[position] = value(indices[position]) }
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

    @inline(__always)
    private func value(_ index: Int32) -> Sample {
        if index == 0 { return 0 }
        let level = Sample(levels.level(Int(index.magnitude)))
        return index < 0 ? -level : level
    }

    /// A sample's index and reconstruction; nil for an exception.
    @inline(__always)
    private func quantized(_ sample: Sample) -> (index: Int32, level: Sample)? {
        let number = Double(sample)
        if number == 0 { return number == nodataValue ? nil : (0, 0) }
        guard number.isNormal, number != nodataValue, let bound else { return nil }
        let magnitude = Int32(levels.index(of: abs(number)))
        let index = number < 0 ? -magnitude : magnitude
        let level = value(index)
        guard abs(number - Double(level)) <= bound * abs(number), Double(level) != nodataValue
        else { return nil }
        return (index, level)
    }
}
