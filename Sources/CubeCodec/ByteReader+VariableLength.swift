import Basics

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
