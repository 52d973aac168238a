/// Reads bits from the front, the most significant first. Bytes may be hostile: reading beyond the
/// end gives zeros and sets ``isExhausted``.
struct BitReader {
    /// Bits that ``peek()`` shows at least.
    static let peekedBitCount = 57

    private let bytes: [UInt8]
    /// Bits read so far.
    private(set) var position: Int

    /// A reader that starts at a byte.
    init(_ bytes: [UInt8], byteOffset: Int = 0) {
        self.bytes = bytes
        position = byteOffset * 8
    }

    /// Whether more bits were read than there are.
    @inline(__always) var isExhausted: Bool { position > bytes.count &* 8 }

    /// Bits not yet read, negative when exhausted.
    var remainingBitCount: Int { bytes.count * 8 - position }

    /// The next bits from the top down; at least 57 of the 64 are valid.
    @inline(__always)
    func peek() -> UInt64 {
        let byte = position &>> 3
        guard byte &+ 8 <= bytes.count else { return peekAtEnd(byte) }
        let word = bytes.withUnsafeBytes {
            UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
        }
        return word &<< UInt64(truncatingIfNeeded: position & 7)
    }

    /// Passes over bits.
    @inline(__always)
    mutating func skip(_ count: Int) { position &+= count }

    /// The next `count` bits, 1...57, as an unsigned integer.
    @inline(__always)
    mutating func take(_ count: Int) -> UInt64 {
        let value = peek() &>> UInt64(truncatingIfNeeded: 64 &- count)
        skip(count)
        return value
    }

    /// The next `count` bits, 0...32, as an unsigned integer of the named part.
    mutating func read(_ count: Int, _ part: String) throws(CCSDSError) -> Int {
        guard count <= remainingBitCount else { throw .truncated(part: part) }
        return count == 0 ? 0 : Int(take(count))
    }

    /// The next `count` bits, 1...32, as a two's complement integer of the named part.
    mutating func readSigned(_ count: Int, _ part: String) throws(CCSDSError) -> Int {
        let value = try read(count, part)
        return value >> (count - 1) == 0 ? value : value - (1 << count)
    }

    /// Passes over the zeros up to the next byte.
    mutating func readFill(_ part: String) throws(CCSDSError) {
        let count = (8 - position % 8) % 8
        guard try read(count, part) == 0 else {
            throw .malformed(reason: "fill bits of \(part) are not zero")
        }
    }

    private func peekAtEnd(_ byte: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in byte..<byte + 8 {
            word = word << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0)
        }
        return word << UInt64(position & 7)
    }
}
