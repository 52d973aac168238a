import Cube

/// Quantisation of integers within a relative error: the index of a sample is the index of its
/// magnitude among ``RelativeLevels``, with the sample's sign.
struct RelativeIntegerQuantizer<Sample: QuantizableInteger>: IntegerQuantization {
    private let bound: Double
    private let levels: RelativeLevels
    let nodata: Sample?

    /// A quantiser for a bound as a fraction of a sample.
    init(bound: Double, nodataValue: Double?) {
        self.bound = bound
        let largest = max(UInt64(Sample.max), UInt64(Sample.min.magnitude))
        levels = RelativeLevels(bound: bound, largest: largest)
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    var representation: SampleRepresentation { .relative }
    var statedStep: Double { bound }

    @inline(__always)
    func quantized(_ sample: Sample) -> (word: Sample, level: Sample) {
        let index = levels.index(of: UInt64(sample.magnitude), bound: bound)
        return (
            Self.word(index, isNegative: sample < 0),
            value(ofLevel: index, isNegative: sample < 0)
        )
    }

    @inline(__always)
    func level(ofWord word: Sample) -> Sample {
        // An index beyond the last level is a hostile one.
        let index = Int(min(UInt64(word.magnitude), UInt64(levels.values.count - 1)))
        return value(ofLevel: index, isNegative: word < 0)
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
