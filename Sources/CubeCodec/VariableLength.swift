import Basics

extension ByteWriter {
    /// Appends an unsigned LEB128 number: seven bits a byte, lowest first, the top bit set in all
    /// bytes but the last.
    mutating func writeVariableLength(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            write(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        write(UInt8(truncatingIfNeeded: rest))
    }
}

extension ByteReader {
    /// The next unsigned LEB128 number of at most 63 bits.
    mutating func readVariableLength() throws(BasicsError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            let byte = try read(UInt8.self)
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw malformed("a number is too long")
    }
}
