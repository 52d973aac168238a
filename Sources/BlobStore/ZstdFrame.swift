import CZstd

/// One zstd frame with its content size in the header and a checksum at the end.
enum ZstdFrame {
    /// The most content that zstd's format can hold in a frame of some bytes: every block takes at
    /// least 3 bytes and yields at most 128 KiB (RFC 8878, section 3.1.1.2). Bounds what a hostile
    /// size can make a reader allocate.
    static func maximumContentByteCount(ofStored byteCount: Int) -> Int {
        byteCount / 3 * (128 << 10)
    }

    /// The bytes of a frame's header, magic included, and the content size in it; nil where the
    /// bytes do not begin with the header of a frame with content size and checksum and without a
    /// dictionary (RFC 8878, section 3.1.1.1).
    static func head(_ bytes: [UInt8]) -> (byteCount: Int, contentByteCount: Int)? {
        guard bytes.count > 5, bytes[4] & 4 != 0, bytes[4] & 0x0B == 0 else { return nil }
        let isSingleSegment = bytes[4] & 0x20 != 0
        let fieldByteCount: Int
        switch bytes[4] >> 6 {
        case 0 where isSingleSegment: fieldByteCount = 1
        case 1: fieldByteCount = 2
        case 2: fieldByteCount = 4
        case 3: fieldByteCount = 8
        default: return nil
        }
        let start = isSingleSegment ? 5 : 6
        guard bytes.count >= start + fieldByteCount else { return nil }
        let field = bytes[start..<start + fieldByteCount].reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        return (start + fieldByteCount, Int(clamping: field) + (fieldByteCount == 2 ? 256 : 0))
    }

    /// Decodes a frame whose content size is known.
    ///
    /// - Returns: the content; nil with the reason where the bytes are not such a frame.
    static func decode(_ frame: [UInt8], _ entry: SeekTable.Entry) -> Result<[UInt8], Flaw> {
        let declared = frame.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        guard declared == UInt64(entry.contentByteCount) else {
            return .failure(Flaw("its frame and the seek table disagree about its size"))
        }
        let extent = frame.withUnsafeBytes {
            ZSTD_findFrameCompressedSize($0.baseAddress, $0.count)
        }
        guard extent == frame.count, hasChecksum(frame, entry.checksum) else {
            return .failure(Flaw("its frame is not whole"))
        }
        var outcome = 0
        let content = [UInt8](unsafeUninitializedCapacity: entry.contentByteCount) {
            buffer, count in
            outcome = frame.withUnsafeBytes {
                ZSTD_decompress(buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
            }
            count = ZSTD_isError(outcome) == 0 ? min(outcome, buffer.count) : 0
        }
        guard ZSTD_isError(outcome) == 0 else { return .failure(Flaw(code: outcome)) }
        guard content.count == entry.contentByteCount else {
            return .failure(Flaw("it has \(content.count) bytes of \(entry.contentByteCount)"))
        }
        return .success(content)
    }

    /// Whether the frame's header announces a checksum (bit 2 of the frame header descriptor,
    /// RFC 8878, section 3.1.1.1.1) and the frame ends with the expected one.
    private static func hasChecksum(_ frame: [UInt8], _ expected: UInt32) -> Bool {
        frame.count > 8 && frame[4] & 4 != 0 && trailingChecksum(of: frame) == expected
    }

    /// The last four bytes of a frame: the low 32 bits of XXH64 of its content.
    static func trailingChecksum(of frame: [UInt8]) -> UInt32 {
        frame.suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Why a frame cannot be decoded.
    struct Flaw: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }

        init(code: Int) { reason = String(cString: ZSTD_getErrorName(code)) }
    }
}
