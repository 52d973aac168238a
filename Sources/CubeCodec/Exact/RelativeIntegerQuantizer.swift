import Cube

/// Quantisation of integers within a relative error: the index of a sample is the index of its
/// magnitude among ``RelativeLevels``, with the sample's sign.
struct RelativeIntegerQuantizer<Sample: QuantizableInteger>: IntegerQuantization {
    private let bound: Double
    private let levels: RelativeLevels
    let nodata: Sample?

    private static var largestMagnitude: UInt64 {
        max(UInt64(Sample.max), UInt64(Sample.min.magnitude))
    }
    /// Of a block with an index beyond its number of words, every so manieth level is kept.
    private static var sparseStride: Int { 16 }

    /// A quantiser for a bound as a fraction of a sample.
    init(bound: Double, nodataValue: Double?) {
        self.bound = bound
        levels = RelativeLevels(bound: bound, largest: Self.largestMagnitude)
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    /// The reverse for some words, with no more levels in memory than they have samples, or 38,000.
    init(decodingBound bound: Double, nodataValue: Double?, words: [UInt8], _ type: SampleType) {
        self.bound = bound
        var bytes = words
        SampleWords.map(&bytes, type)
        let (last, count) = bytes.withUnsafeBytes { raw in
            let indices = raw.assumingMemoryBound(to: Sample.self)
            return (indices.reduce(UInt64(0)) { max($0, UInt64($1.magnitude)) }, indices.count)
        }
        levels = RelativeLevels(
            bound: bound, largest: Self.largestMagnitude, lastIndex: Int(last),
            stride: last < UInt64(count) ? 1 : Self.sparseStride)
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    var representation: SampleRepresentation { .relative }
    var statedStep: Double { bound }

    @inline(__always)
    func quantized(_ sample: Sample) -> (word: Sample, level: Sample) {
        let index = levels.index(of: UInt64(sample.magnitude))
        return (
            Self.word(index, isNegative: sample < 0),
            value(ofLevel: index, isNegative: sample < 0)
        )
    }

    @inline(__always)
    func level(ofWord word: Sample) -> Sample {
        // An index beyond the last level is a hostile one.
        let index = Int(min(UInt64(word.magnitude), UInt64(levels.count - 1)))
        return value(ofLevel: index, isNegative: word < 0)
    }

    @inline(__always)
    private static func word(_ index: Int, isNegative: Bool) -> Sample {
        let magnitude = Sample(truncatingIfNeeded: index)
        return isNegative ? 0 &- magnitude : magnitude
    }

    @inline(__always)
    private func value(ofLevel index: Int, isNegative: Bool) -> Sample {
        let magnitude = levels.value(at: index)
        let limited = isNegative ? magnitude : min(magnitude, UInt64(Sample.max))
        let sample = Sample(truncatingIfNeeded: limited)
        return isNegative ? 0 &- sample : sample
    }
}
