/// Reads bits from the back, as the hybrid entropy coder's decoder does. Bytes may be hostile:
/// reading past the front gives zeros and sets ``isExhausted``.
struct ReverseBitReader {
    private let bytes: [UInt8]
    private let frontBitCount: Int
    /// Bits between the start of `bytes` and the reader.
    private var position: Int

    /// A reader from the end of `bytes` down to a byte.
    init(_ bytes: [UInt8], downToByte front: Int) {
        self.bytes = bytes
        frontBitCount = front * 8
        position = bytes.count * 8
    }

    /// Whether more bits were read than there are.
    @inline(__always) var isExhausted: Bool { position < frontBitCount }

    /// Bits not yet read, negative when exhausted.
    var remainingBitCount: Int { position - frontBitCount }

    /// The bits before the reader, the nearest in the lowest place; at least 57 of the 64 are
    /// valid.
    @inline(__always)
    func peek() -> UInt64 {
        let end = (position &+ 7) &>> 3
        guard end >= 8 else { return peekAtFront(end) }
        let word = bytes.withUnsafeBytes {
            UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
        }
        return word &>> UInt64(truncatingIfNeeded: end &* 8 &- position)
    }

    /// Passes over bits.
    @inline(__always)
    mutating func skip(_ count: Int) { position &-= count }

    /// The `count` bits before the reader, 0...57, as the unsigned integer that was written.
    @inline(__always)
    mutating func take(_ count: Int) -> UInt64 {
        let value = peek() & ((1 &<< UInt64(truncatingIfNeeded: count)) &- 1)
        skip(count)
        return value
    }

    private func peekAtFront(_ end: Int) -> UInt64 {
        guard end > 0 else { return 0 }
        let word = bytes[0..<end].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return word >> UInt64(end * 8 - position)
    }
}
