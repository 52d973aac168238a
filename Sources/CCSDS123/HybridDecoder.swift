import Cube

/// Decodes mapped quantizer indices of the hybrid entropy coder (5.4.3.3), from the last to the
/// first. Indices are below 2^D, whatever the bits.
struct HybridDecoder {
    private var statistics: HybridStatistics
    private let codes = LowEntropyCodes.shared
    // The input codeword or active prefix of each low-entropy code whose symbols are being handed
    // out.
    private var pending: [LowEntropyCodes.Symbols]

    /// Reads the compressed image tail.
    init(_ header: CCSDSHeader, from bits: inout ReverseBitReader) throws(CCSDSError) {
        statistics = HybridStatistics(header, initialAccumulator: 0)
        pending = Array(repeating: LowEntropyCodes.Symbols(), count: 16)
        var fillBitCount = 0
        while bits.take(1) == 0 {
            fillBitCount += 1
            guard fillBitCount < 8 * header.parameters.outputWordByteCount else {
                throw .malformed(reason: "its end marker is missing")
            }
        }
        for band in (0..<header.geometry.bands).reversed() {
            let value = bits.take(statistics.accumulatorBitCount)
            statistics.accumulators[band] = Int(value)
        }
        for code in (0..<16).reversed() {
            pending[code] = try codes.readFlushWord(code, from: &bits)
        }
        if bits.isExhausted { throw .truncated(part: "its tail") }
    }

    /// Bits that an image needs at least: no codeword stands for more than 256 samples.
    static func leastBitCount(_ image: ImageTraits, pixelCount: Int) -> Int {
        let bands = image.geometry.bands
        return (pixelCount * bands - bands - 16 * 256) / 256 + bands * 2 * image.bitDepth
    }

    /// Decodes one run backwards; `indices` are all of its band, [lines][samples].
    @inline(__always)
    mutating func decode(
        _ run: CodingRuns.Run, _ indices: UnsafeMutablePointer<Int32>,
        from bits: inout ReverseBitReader
    ) throws(CCSDSError) {
        let bitDepth = statistics.bitDepth
        let largest = statistics.counts.largest
        let half = (largest + 1) >> 1
        let bound = 1 << statistics.accumulatorBitCount
        var accumulator = statistics.accumulators[run.band]
        var count = statistics.counts.count(after: run.start + run.count - 1)
        // Up to here the count is that of an image's beginning, which was never halved.
        let unscaledEnd = largest - statistics.counts.first
        var guess = 0
        for t in (run.start..<run.start + run.count).reversed() {
            if t == 0 {
                indices[t] = Int32(truncatingIfNeeded: bits.take(bitDepth))
                continue
            }
            let index = try decodeIndex(
                accumulator: accumulator, count: count, guess: &guess, from: &bits)
            indices[t] = Int32(truncatingIfNeeded: index)
            if count == half, t > unscaledEnd {
                accumulator = 2 &* accumulator &- Int(bits.take(1))
                count = largest
            } else {
                count &-= 1
            }
            accumulator &-= 4 &* index
            guard index &>> bitDepth == 0, accumulator >= 0, accumulator < bound else {
                throw impossibleIndexError
            }
        }
        statistics.accumulators[run.band] = accumulator
        if bits.isExhausted { throw .truncated(part: "its body") }
    }

    /// Decodes one index by the statistics that include it; `guess` is the last low-entropy code.
    @inline(__always)
    private mutating func decodeIndex(
        accumulator: Int, count: Int, guess: inout Int, from bits: inout ReverseBitReader
    ) throws(CCSDSError) -> Int {
        let isHigh = HybridStatistics.isHighEntropy(
            accumulator: accumulator, count: count,
            firstThreshold: LowEntropyCodes.firstThreshold)
        if isHigh {
            let k = HybridStatistics.codeIndex(
                accumulator: accumulator, count: count, bitDepth: statistics.bitDepth)
            return readReversed(k, from: &bits)
        }
        guess = codes.code(accumulator: accumulator, count: count, guess: guess)
        return try decodeLowEntropy(code: guess, from: &bits)
    }

    /// Throws unless all that was read fits together: nothing may be left over.
    func finish(_ bits: ReverseBitReader) throws(CCSDSError) {
        guard bits.remainingBitCount == 0, pending.allSatisfy({ $0.count == 0 }) else {
            throw .malformed(reason: "its body does not fill its size")
        }
    }

    @inline(__always)
    private func readReversed(_ k: Int, from bits: inout ReverseBitReader) -> Int {
        let next = bits.peek()
        let unary = next.trailingZeroBitCount
        guard unary < statistics.unaryLengthLimit else {
            bits.skip(statistics.unaryLengthLimit)
            return Int(truncatingIfNeeded: bits.take(statistics.bitDepth))
        }
        guard unary &+ 1 &+ k <= BitReader.peekedBitCount else {
            bits.skip(unary &+ 1)
            return unary &<< k | Int(truncatingIfNeeded: bits.take(k))
        }
        // The whole codeword was seen.
        bits.skip(unary &+ 1 &+ k)
        let rest = (next &>> UInt64(unary &+ 1)) & ((1 &<< UInt64(k)) &- 1)
        return unary &<< k | Int(truncatingIfNeeded: rest)
    }

    @inline(__always)
    private mutating func decodeLowEntropy(
        code: Int, from bits: inout ReverseBitReader
    ) throws(CCSDSError) -> Int {
        if pending[code].count == 0 { pending[code] = try codes.readWord(code, from: &bits) }
        pending[code].count &-= 1
        let symbol = Int(codes.symbols[pending[code].start &+ pending[code].count])
        let limit = codes.symbolLimits[code]
        return symbol <= limit ? symbol : limit &+ 1 &+ readReversed(0, from: &bits)
    }
}
