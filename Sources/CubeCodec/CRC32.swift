/// CRC-32 as in zlib, PNG and IEEE 802.3: polynomial 0x04C11DB7, reflected, start and final
/// exclusive-or 0xFFFFFFFF. Eight bytes a step ("slicing by 8", Kounavis and Berry, 2005).
enum CRC32 {
    /// [8][256]: the change of the register when a byte passes 0...7 further bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(UInt32(byte)) { register, _ in
                register >> 1 ^ (register & 1 == 0 ? 0 : 0xEDB8_8320)
            }
        }
        for index in 256..<tables.count {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 255)]
        }
        return tables
    }()

    /// The checksum of an array.
    static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { checksum(of: $0) }
    }

    /// The checksum of some bytes.
    static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var register = UInt32.max
            let wholeCount = bytes.count & ~7
            for offset in stride(from: 0, to: wholeCount, by: 8) {
                let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
                register = eight(word ^ UInt64(register), tables)
            }
            for offset in wholeCount..<bytes.count {
                let index = Int(UInt8(truncatingIfNeeded: register) ^ bytes[offset])
                register = register >> 8 ^ tables[index]
            }
            return ~register
        }
    }

    @inline(__always)
    private static func eight(_ word: UInt64, _ tables: UnsafeBufferPointer<UInt32>) -> UInt32 {
        func entry(_ position: UInt64) -> UInt32 {
            let byte = Int(truncatingIfNeeded: word >> (8 * position) & 255)
            return tables[Int(7 - position) << 8 | byte]
        }
        return entry(0) ^ entry(1) ^ entry(2) ^ entry(3) ^ entry(4) ^ entry(5) ^ entry(6) ^ entry(7)
    }
}
