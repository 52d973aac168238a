/// Writes bits, the most significant first.
struct BitWriter {
    // Finished groups of 64 bits, in host order; the low `usedBitCount` bits of `accumulator`
    // follow.
    private var words: [UInt64] = []
    private var accumulator: UInt64 = 0
    private var usedBitCount = 0

    /// Bits written so far.
    var bitCount: Int { words.count * 64 + usedBitCount }

    /// Makes room for about so many bytes.
    mutating func reserve(byteCount: Int) { words.reserveCapacity(byteCount / 8 + 1) }

    /// Writes the low `count` bits of `value`, 0...63; its other bits must be zero.
    @inline(__always)
    mutating func write(_ value: UInt64, count: Int) {
        let free = 64 &- usedBitCount
        if count < free {
            accumulator = accumulator &<< UInt64(truncatingIfNeeded: count) | value
            usedBitCount &+= count
        } else {
            // Bits above the used ones are leftovers; this shift drops them. 1 <= free <= 63 here.
            let excess = count &- free
            words.append(
                accumulator &<< UInt64(truncatingIfNeeded: free)
                    | value &>> UInt64(truncatingIfNeeded: excess))
            accumulator = value
            usedBitCount = excess
        }
    }

    /// Writes the low `count` bits (at most 32) of a two's complement or unsigned integer.
    mutating func write(_ value: Int, count: Int) {
        write(UInt64(truncatingIfNeeded: value) & ((1 << UInt64(count)) - 1), count: count)
    }

    /// Writes one bit.
    mutating func write(_ flag: Bool) { write(flag ? 1 : 0, count: 1) }

    /// Writes zeros up to the next multiple of `byteCount` bytes.
    mutating func fill(toMultipleOf byteCount: Int) {
        while bitCount % (8 * byteCount) != 0 { write(UInt64(0), count: 1) }
    }

    /// The bytes written; there must be a whole number of them.
    func finished() -> [UInt8] {
        precondition(usedBitCount % 8 == 0, "fill first")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * 8 + 8)
        for word in words {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
        for shift in stride(from: usedBitCount - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: accumulator >> UInt64(shift)))
        }
        return bytes
    }
}
