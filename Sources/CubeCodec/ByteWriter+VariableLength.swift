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
