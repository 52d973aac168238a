import Cube

/// The code selection statistics of the sample-adaptive entropy coder (5.4.3.2.3).
struct SampleAdaptiveStatistics {
    let bitDepth: Int
    let unaryLengthLimit: Int
    let counts: CountSequence
    /// Sigma_z of every band, before its next sample.
    var accumulators: [Int]

    /// The statistics before t = 1 (eqs. 57 to 59).
    init(_ header: CCSDSHeader, initialization: CCSDSBandValue) {
        bitDepth = header.bitDepth
        unaryLengthLimit = header.parameters.entropyCoder.unaryLengthLimit
        let counts = CountSequence(header.parameters.entropyCoder)
        self.counts = counts
        let spare = 30 - header.bitDepth
        accumulators = (0..<header.geometry.bands).map { band in
            let given = initialization[band]
            let k = given <= spare ? given : 2 * given - spare
            return (((3 << (k + 6)) - 49) * counts.first) >> 7
        }
    }

    /// k_z(t) (eq. 62).
    @inline(__always)
    static func codeIndex(accumulator: Int, count: Int, bitDepth: Int) -> Int {
        let scaled = accumulator &+ (49 &* count) &>> 7
        var k = count.leadingZeroBitCount &- scaled.leadingZeroBitCount
        if k <= 0 { return 0 }
        if count &<< k > scaled { k &-= 1 }
        return min(k, bitDepth &- 2)
    }

    /// Eqs. (60) and (61): both statistics after a sample.
    @inline(__always)
    static func update(accumulator: inout Int, count: inout Int, index: Int, largest: Int) {
        if count < largest {
            accumulator &+= index
            count &+= 1
        } else {
            accumulator = (accumulator &+ index &+ 1) &>> 1
            count = (count &+ 1) &>> 1
        }
    }
}
