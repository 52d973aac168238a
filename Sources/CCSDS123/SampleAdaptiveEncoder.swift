/// Encodes mapped quantizer indices with the sample-adaptive entropy coder (5.4.3.2).
struct SampleAdaptiveEncoder {
    private var statistics: SampleAdaptiveStatistics

    init(_ header: CCSDSHeader, initialization: CCSDSBandValue) {
        statistics = SampleAdaptiveStatistics(header, initialization: initialization)
    }

    /// Encodes one run; `indices` are all of its band, [lines][samples].
    @inline(__always)
    mutating func encode(
        _ run: CodingRuns.Run, _ indices: UnsafePointer<Int32>, to bits: inout BitWriter
    ) {
        let bitDepth = statistics.bitDepth
        let limit = statistics.unaryLengthLimit
        let largest = statistics.counts.largest
        var accumulator = statistics.accumulators[run.band]
        var count = statistics.counts.count(after: max(0, run.start - 1))
        for t in run.start..<run.start + run.count {
            let index = Int(UInt32(bitPattern: indices[t]))
            if t == 0 {
                bits.write(UInt64(index), count: bitDepth)
                continue
            }
            let k = SampleAdaptiveStatistics.codeIndex(
                accumulator: accumulator, count: count, bitDepth: bitDepth)
            let unary = index &>> k
            if unary < limit {
                let tail = UInt64(truncatingIfNeeded: index & (1 &<< k &- 1) | 1 &<< k)
                bits.write(tail, count: unary &+ k &+ 1)
            } else {
                bits.write(UInt64(0), count: limit)
                bits.write(UInt64(index), count: bitDepth)
            }
            SampleAdaptiveStatistics.update(
                accumulator: &accumulator, count: &count, index: index, largest: largest)
        }
        statistics.accumulators[run.band] = accumulator
    }
}
