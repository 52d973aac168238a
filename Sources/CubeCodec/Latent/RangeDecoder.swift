/// The other side of ``RangeEncoder``. It never fails: bytes beyond the end are zeros, and whoever
/// reads hostile bytes checks ``consumedAll`` at the end.
struct RangeDecoder: BinaryCoder {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var offset: UInt32 = 0
    private var range: UInt32 = .max

    /// Starts reading.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
        for _ in 0..<4 { readByte() }
    }

    /// Whether the decisions so far used every byte and asked for no more than the four bytes that
    /// the state looks ahead.
    var consumedAll: Bool { (bytes.endIndex...bytes.endIndex + 4).contains(position) }

    /// Reads a decision.
    mutating func code(_: Bool, _ model: inout AdaptiveBit) -> Bool {
        let bit = read(zeroRange: (range >> 16) * model.probabilityOfZero)
        model.learn(bit)
        return bit
    }

    /// Reads a decision of even probability.
    mutating func code(_: Bool) -> Bool { read(zeroRange: range >> 1) }

    private mutating func read(zeroRange: UInt32) -> Bool {
        let bit = offset >= zeroRange
        if bit {
            offset -= zeroRange
            range -= zeroRange
        } else {
            range = zeroRange
        }
        while range < 1 << 24 {
            readByte()
            range <<= 8
        }
        return bit
    }

    private mutating func readByte() {
        let byte = position < bytes.endIndex ? bytes[position] : 0
        position += 1
        offset = offset << 8 | UInt32(byte)
    }
}
