import Cube

/// Quantisation of integers within a relative error: the index of a sample is the index of its
/// magnitude among ``RelativeLevels``, with the sample's sign.
///
/// Nodata samples come back exactly, and no other sample comes back as nodata: both are exceptions
/// where the levels would break that.
struct RelativeIntegerQuantizer<Sample: QuantizableInteger> {
    private let bound: Double
    private let levels: RelativeLevels
    private let nodata: Sample?

    /// A quantiser for a bound as a fraction of a sample.
    init(bound: Double, nodataValue: Double?) {
        self.bound = bound
        let largest = max(UInt64(Sample.max), UInt64(Sample.min.magnitude))
        levels = RelativeLevels(bound: bound, largest: largest)
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    /// Quantises raw samples; nil where exceptions would cost more than the quantiser saves.
    func quantize(_ bytes: [UInt8], _ layout: WordLayout, _ type: SampleType) -> QuantizedSamples? {
        var exceptions = SampleExceptions()
        var words = bytes
        var reconstruction = bytes
        words.withUnsafeMutableBytes { rawWords in
            reconstruction.withUnsafeMutableBytes { rawSamples in
                let indices = rawWords.assumingMemoryBound(to: Sample.self)
                let samples = rawSamples.assumingMemoryBound(to: Sample.self)
                for position in samples.indices {
                    let sample = samples[position]
                    let index = levels.index(of: UInt64(sample.magnitude), bound: bound)
                    let level = value(ofLevel: index, isNegative: sample < 0)
                    indices[position] = Self.word(index, isNegative: sample < 0)
                    samples[position] = level
                    if level != sample, level == nodata || sample == nodata {
                        samples[position] = sample
                        exceptions.add(position, isNodata: sample == nodata, bits: sample)
                    }
                }
            }
        }
        guard exceptions.approximateByteCount <= bytes.count / 8 else { return nil }
        SampleWords.map(&words, type)
        return QuantizedSamples(
            representation: .relative, step: bound, exceptions: exceptions.encode(),
            words: WordBlock(layout: layout, bytes: words), reconstruction: reconstruction)
    }

    /// Turns decoded words into raw samples.
    func restore(_ words: [UInt8], exceptions: [UInt8], _ type: SampleType) throws -> [UInt8] {
        var bytes = words
        SampleWords.map(&bytes, type)
        try bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            for position in samples.indices {
                let word = samples[position]
                // An index beyond the last level is a hostile one.
                let index = Int(min(UInt64(word.magnitude), UInt64(levels.values.count - 1)))
                samples[position] = value(ofLevel: index, isNegative: word < 0)
            }
            try SampleExceptions.apply(exceptions, to: samples, nodata: nodata)
        }
        return bytes
    }

    @inline(__always)
    private static func word(_ index: Int, isNegative: Bool) -> Sample {
        let magnitude = Sample(truncatingIfNeeded: index)
        return isNegative ? 0 &- magnitude : magnitude
    }

    @inline(__always)
    private func value(ofLevel index: Int, isNegative: Bool) -> Sample {
        let magnitude = levels.values[index]
        let limited = isNegative ? magnitude : min(magnitude, UInt64(Sample.max))
        let sample = Sample(truncatingIfNeeded: limited)
        return isNegative ? 0 &- sample : sample
    }
}
