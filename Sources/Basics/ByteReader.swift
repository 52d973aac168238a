/// Reads a little-endian structure from bytes that may be hostile: every read is bounds-checked and
/// throws instead of trapping, and no count is believed before the bytes are known to be there.
public struct ByteReader {
    /// What is being read, for messages.
    public let structure: String
    private let bytes: [UInt8]
    /// Offset of the next byte to be read.
    public private(set) var offset: Int

    /// A reader over `bytes`, starting at `offset`.
    public init(_ bytes: [UInt8], structure: String, offset: Int = 0) {
        self.bytes = bytes
        self.structure = structure
        self.offset = offset
    }

    /// Bytes not yet read.
    public var remainingByteCount: Int { bytes.count - offset }

    /// The next `count` bytes.
    public mutating func readBytes(_ count: Int) throws(BasicsError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remainingByteCount else {
            throw .truncated(
                structure: structure, neededByteCount: count,
                availableByteCount: remainingByteCount)
        }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    /// The next little-endian integer.
    public mutating func read<T: FixedWidthInteger>(_ type: T.Type) throws(BasicsError) -> T {
        let slice = try readBytes(T.bitWidth / 8)
        return slice.reversed().reduce(into: T(0)) { value, byte in
            value = (value << 8) | T(truncatingIfNeeded: byte)
        }
    }

    /// The next 4-byte IEEE 754 value.
    public mutating func readFloat() throws(BasicsError) -> Float {
        Float(bitPattern: try read(UInt32.self))
    }

    /// The next 8-byte IEEE 754 value.
    public mutating func readDouble() throws(BasicsError) -> Double {
        Double(bitPattern: try read(UInt64.self))
    }

    /// `count` consecutive 4-byte IEEE 754 values.
    public mutating func readFloats(_ count: Int) throws(BasicsError) -> [Float] {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: 4)
        guard !overflow, byteCount <= remainingByteCount, count >= 0 else {
            throw .truncated(
                structure: structure, neededByteCount: overflow ? Int.max : byteCount,
                availableByteCount: remainingByteCount)
        }
        var values: [Float] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try readFloat()) }
        return values
    }

    /// Requires the next bytes to equal `magic`.
    public mutating func expect(magic: String) throws(BasicsError) {
        let found = try readBytes(magic.utf8.count)
        guard found.elementsEqual(magic.utf8) else {
            throw .malformed(structure: structure, reason: "it does not begin with '\(magic)'")
        }
    }

    /// An error about this structure.
    public func malformed(_ reason: String) -> BasicsError {
        .malformed(structure: structure, reason: reason)
    }
}
