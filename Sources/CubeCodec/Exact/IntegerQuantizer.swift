import Cube

/// Uniform quantisation of integers: with n = floor(bound), the index of x is
/// floor((x + n) / (2n + 1)), and it stands for (2n + 1) times itself, clamped to the type's range.
///
/// Every reconstruction is within n of its sample. Nodata samples come back exactly, and no other
/// sample comes back as nodata: both are exceptions where the formula would break that.
struct IntegerQuantizer<Sample: QuantizableInteger> {
    private typealias Wide = Sample.Widened

    private let halfStep: Wide
    private let step: Wide
    private let nodata: Sample?

    /// A quantiser for a bound in data units; nil where it would change nothing.
    init?(bound: Double, nodataValue: Double?) {
        // A larger half step than the type's range gives nothing more; 2^52 keeps 2n + 1 a Double.
        let widest = min(Wide(Sample.max) - Wide(Sample.min), Wide(1) << 52 - 1)
        let halfStep = Wide(min(bound.rounded(.down), Double(widest)))
        guard halfStep >= 1 else { return nil }
        self.halfStep = min(halfStep, widest)
        step = 2 * self.halfStep + 1
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    /// A quantiser with the step of a stream; nil where that is no step.
    init?(step: Double, nodataValue: Double?) {
        guard let step = Wide(exactly: step), step >= 1 else { return nil }
        self.step = step
        halfStep = (step - 1) / 2
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
                    let index = floorQuotient(Wide(sample) + halfStep)
                    let level = value(of: index)
                    indices[position] = Sample(truncatingIfNeeded: index)
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
            step: Double(step), exceptions: exceptions.encode(),
            words: WordBlock(layout: layout, bytes: words), reconstruction: reconstruction)
    }

    /// Turns decoded words into raw samples, in place.
    func restore(_ words: inout [UInt8], exceptions: [UInt8], _ type: SampleType) throws {
        SampleWords.map(&words, type)
        try words.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            for position in samples.indices {
                samples[position] = value(of: Wide(samples[position]))
            }
            try SampleExceptions.apply(exceptions, to: samples, nodata: nodata)
        }
    }

    @inline(__always)
    private func floorQuotient(_ value: Wide) -> Wide {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: step)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The reconstruction level of an index; wraps for hostile indices only.
    @inline(__always)
    private func value(of index: Wide) -> Sample {
        Sample(truncatingIfNeeded: min(max(index &* step, Wide(Sample.min)), Wide(Sample.max)))
    }
}
