import Cube

/// The 8 bytes that begin an element of a v5 file: its type and length, or, where the upper half of
/// the first word is not zero, a small element with at most 4 bytes of content in the tag itself.
struct MAT5Tag {
    let type: UInt32
    let byteCount: Int
    /// The content of a small element.
    let inlineValues: [UInt8]?

    /// A tag from its 8 bytes.
    init(_ bytes: [UInt8], _ byteOrder: ByteOrder) {
        let first = Self.word(bytes[0..<4], byteOrder)
        if first >> 16 != 0 {
            type = first & 0xFFFF
            byteCount = Int(first >> 16)
            inlineValues = Array(bytes[4..<4 + min(4, byteCount)])
        } else {
            type = first
            byteCount = Int(Self.word(bytes[4..<8], byteOrder))
            inlineValues = nil
        }
    }

    /// The tag of an element that was read already.
    init(type: UInt32, byteCount: Int) {
        self.type = type
        self.byteCount = byteCount
        inlineValues = nil
    }

    /// A 4-byte unsigned number.
    static func word(_ bytes: ArraySlice<UInt8>, _ byteOrder: ByteOrder) -> UInt32 {
        let ordered = byteOrder == .bigEndian ? Array(bytes) : bytes.reversed()
        return ordered.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
