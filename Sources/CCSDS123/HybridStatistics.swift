import Cube

/// The code selection of the hybrid entropy coder (5.4.3.3.4 and 5.4.3.3.5), common to both ways.
struct HybridStatistics {
    let bitDepth: Int
    let unaryLengthLimit: Int
    let counts: CountSequence
    /// High-resolution accumulators of every band: before the next sample when encoding, after the
    /// last one when decoding.
    var accumulators: [Int]
    /// Bits of an accumulator in the compressed image tail.
    let accumulatorBitCount: Int

    init(_ header: CCSDSHeader, initialAccumulator: Int) {
        let coder = header.parameters.entropyCoder
        bitDepth = header.bitDepth
        unaryLengthLimit = coder.unaryLengthLimit
        counts = CountSequence(coder)
        accumulators = Array(repeating: initialAccumulator, count: header.geometry.bands)
        accumulatorBitCount = 2 + header.bitDepth + coder.rescalingCounterSize
    }

    /// Whether a sample with these statistics is a high-entropy one (5.4.3.3.5.1.4).
    @inline(__always)
    static func isHighEntropy(accumulator: Int, count: Int, firstThreshold: Int) -> Bool {
        accumulator &<< 14 >= firstThreshold &* count
    }

    /// k_z(t) of a high-entropy sample (eq. 66).
    @inline(__always)
    static func codeIndex(accumulator: Int, count: Int, bitDepth: Int) -> Int {
        let scaled = accumulator &+ (49 &* count) &>> 5
        var k = count.leadingZeroBitCount &- scaled.leadingZeroBitCount
        if count &<< k > scaled { k &-= 1 }
        return min(k &- 2, max(bitDepth &- 2, 2))
    }
}
