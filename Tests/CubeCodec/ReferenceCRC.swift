/// CRC-32 bit by bit, independent of the module's tables.
enum ReferenceCRC {
    static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        var register = UInt32.max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 {
                register = register >> 1 ^ (register & 1 == 0 ? 0 : 0xEDB8_8320)
            }
        }
        return ~register
    }

    /// The bytes with their last four replaced by the checksum of the others.
    static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let body = bytes.dropLast(4)
        return body + withUnsafeBytes(of: checksum(of: body).littleEndian) { Array($0) }
    }
}
