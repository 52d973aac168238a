/// Reversing the bytes of every element of a buffer.
enum ByteSwapping {
    /// Reverses each consecutive group of `elementByteCount` (1, 2, 4 or 8) bytes.
    static func swap(_ bytes: UnsafeMutableRawBufferPointer, elementByteCount: Int) {
        switch elementByteCount {
        case 2: swap(bytes, as: UInt16.self)
        case 4: swap(bytes, as: UInt32.self)
        case 8: swap(bytes, as: UInt64.self)
        default: break
        }
    }

    @inline(__always)
    private static func swap<Element: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeMutableRawBufferPointer, as type: Element.Type
    ) {
        let size = MemoryLayout<Element>.size
        for offset in stride(from: 0, to: bytes.count / size * size, by: size) {
            let element = bytes.loadUnaligned(fromByteOffset: offset, as: type)
            bytes.storeBytes(of: element.byteSwapped, toByteOffset: offset, as: type)
        }
    }
}
