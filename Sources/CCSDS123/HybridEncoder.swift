/// Encodes mapped quantizer indices with the hybrid entropy coder (5.4.3.3).
struct HybridEncoder {
    private var statistics: HybridStatistics
    private let codes = LowEntropyCodes.shared
    // The active prefix of each low-entropy code, as a node of its tree.
    private var prefixes: [UInt32]

    init(_ header: CCSDSHeader, initialAccumulator: Int?) {
        let coder = header.parameters.entropyCoder
        statistics = HybridStatistics(
            header, initialAccumulator: initialAccumulator ?? 4 << coder.initialCountExponent)
        prefixes = codes.roots
    }

    /// Encodes one run; `indices` are all of its band, [lines][samples].
    @inline(__always)
    mutating func encode(
        _ run: CodingRuns.Run, _ indices: UnsafePointer<Int32>, to bits: inout BitWriter
    ) {
        let bitDepth = statistics.bitDepth
        let largest = statistics.counts.largest
        var accumulator = statistics.accumulators[run.band]
        var count = statistics.counts.count(after: max(0, run.start - 1))
        var guess = 0
        for t in run.start..<run.start + run.count {
            let index = Int(UInt32(bitPattern: indices[t]))
            if t == 0 {
                bits.write(UInt64(index), count: bitDepth)
                continue
            }
            if count < largest {
                accumulator &+= 4 &* index
                count &+= 1
            } else {
                bits.write(UInt64(truncatingIfNeeded: accumulator & 1), count: 1)
                accumulator = (accumulator &+ 4 &* index &+ 1) &>> 1
                count = (count &+ 1) &>> 1
            }
            encodeIndex(index, accumulator: accumulator, count: count, guess: &guess, to: &bits)
        }
        statistics.accumulators[run.band] = accumulator
    }

    /// Encodes one index by the statistics that include it; `guess` is the last low-entropy code.
    @inline(__always)
    private mutating func encodeIndex(
        _ index: Int, accumulator: Int, count: Int, guess: inout Int, to bits: inout BitWriter
    ) {
        let isHigh = HybridStatistics.isHighEntropy(
            accumulator: accumulator, count: count,
            firstThreshold: LowEntropyCodes.firstThreshold)
        if isHigh {
            let k = HybridStatistics.codeIndex(
                accumulator: accumulator, count: count, bitDepth: statistics.bitDepth)
            writeReversed(index, k, to: &bits)
        } else {
            guess = codes.code(accumulator: accumulator, count: count, guess: guess)
            encodeLowEntropy(index, code: guess, to: &bits)
        }
    }

    /// The reversed length-limited Golomb-power-of-2 codeword (5.4.3.3.3.2).
    @inline(__always)
    private func writeReversed(_ index: Int, _ k: Int, to bits: inout BitWriter) {
        let unary = index &>> k
        if unary < statistics.unaryLengthLimit {
            let low = (index & (1 &<< k &- 1)) &<< 1 | 1
            bits.write(UInt64(truncatingIfNeeded: low &<< unary), count: unary &+ k &+ 1)
        } else {
            bits.write(UInt64(index), count: statistics.bitDepth)
            bits.write(UInt64(0), count: statistics.unaryLengthLimit)
        }
    }

    /// 5.4.3.3.5.3.
    @inline(__always)
    private mutating func encodeLowEntropy(_ index: Int, code: Int, to bits: inout BitWriter) {
        let limit = codes.symbolLimits[code]
        var symbol = index
        if index > limit {
            symbol = limit &+ 1
            writeReversed(index &- limit &- 1, 0, to: &bits)
        }
        let step = codes.steps[Int(prefixes[code]) &+ symbol]
        if step & LowEntropyCodes.completeFlag == 0 {
            prefixes[code] = step
        } else {
            bits.write(LowEntropyCodes.word(step), count: LowEntropyCodes.wordBitCount(step))
            prefixes[code] = codes.roots[code]
        }
    }

    /// The compressed image tail, without its fill bits (5.4.3.3.5.4).
    func writeTail(to bits: inout BitWriter) {
        for prefix in prefixes {
            let flush = codes.flushWords[Int(prefix)]
            bits.write(LowEntropyCodes.word(flush), count: LowEntropyCodes.wordBitCount(flush))
        }
        for accumulator in statistics.accumulators {
            bits.write(UInt64(accumulator), count: statistics.accumulatorBitCount)
        }
        bits.write(true)
    }
}
