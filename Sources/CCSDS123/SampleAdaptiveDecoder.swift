import Cube

/// Decodes mapped quantizer indices of the sample-adaptive entropy coder (5.4.3.2). Indices are
/// below 2^D, whatever the bits.
struct SampleAdaptiveDecoder {
    private var statistics: SampleAdaptiveStatistics

    init(_ header: CCSDSHeader, initialization: CCSDSBandValue) {
        statistics = SampleAdaptiveStatistics(header, initialization: initialization)
    }

    /// Bits that an image needs at least: D for a band's first sample and 1 for any other.
    static func leastBitCount(_ image: ImageTraits, pixelCount: Int) -> Int {
        image.geometry.bands * (pixelCount + image.bitDepth - 1)
    }

    /// Decodes one run; `indices` are all of its band, [lines][samples].
    @inline(__always)
    mutating func decode(
        _ run: CodingRuns.Run, _ indices: UnsafeMutablePointer<Int32>, from bits: inout BitReader
    ) throws(CCSDSError) {
        let bitDepth = statistics.bitDepth
        let limit = statistics.unaryLengthLimit
        let largest = statistics.counts.largest
        var accumulator = statistics.accumulators[run.band]
        var count = statistics.counts.count(after: max(0, run.start - 1))
        for t in run.start..<run.start + run.count {
            if t == 0 {
                indices[t] = Int32(truncatingIfNeeded: bits.take(bitDepth))
                continue
            }
            let k = SampleAdaptiveStatistics.codeIndex(
                accumulator: accumulator, count: count, bitDepth: bitDepth)
            let next = bits.peek()
            let unary = next.leadingZeroBitCount
            var index: Int
            if unary < limit {
                if unary &+ 1 &+ k <= BitReader.peekedBitCount {
                    // The whole codeword was seen; two shifts, because k may be 0.
                    let rest = ((next &<< UInt64(unary &+ 1)) &>> 1) &>> UInt64(63 &- k)
                    index = unary &<< k | Int(truncatingIfNeeded: rest)
                    bits.skip(unary &+ 1 &+ k)
                } else {
                    bits.skip(unary &+ 1)
                    index = unary &<< k | Int(truncatingIfNeeded: bits.take(k))
                }
                guard index &>> bitDepth == 0 else { throw impossibleIndexError }
            } else {
                bits.skip(limit)
                index = Int(truncatingIfNeeded: bits.take(bitDepth))
            }
            indices[t] = Int32(truncatingIfNeeded: index)
            SampleAdaptiveStatistics.update(
                accumulator: &accumulator, count: &count, index: index, largest: largest)
        }
        statistics.accumulators[run.band] = accumulator
        if bits.isExhausted { throw .truncated(part: "its body") }
    }
}
