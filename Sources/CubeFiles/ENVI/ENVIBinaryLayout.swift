import Cube

/// How an ENVI binary, or any other file of raw samples, stores a cube: with the samples, the bytes
/// before and the bytes after them, it rebuilds the file bit for bit.
public struct ENVIBinaryLayout: Codable, Hashable, Sendable {
    /// The order of lines, samples and bands.
    public let interleave: Interleave
    /// The order of the bytes of one sample.
    public let byteOrder: ByteOrder
    /// Bytes before the first sample, of the inflated file where it is compressed.
    public let headerOffsetByteCount: Int
    /// Bytes after the last sample, of the inflated file where it is compressed.
    public let trailingByteCount: Int
    /// Whether the file is gzip-compressed. Such a file cannot be rebuilt from its samples, because
    /// the same bytes have many compressed forms.
    public let isCompressed: Bool

    /// States a layout; both byte counts are at least 0.
    public init(
        interleave: Interleave, byteOrder: ByteOrder = .littleEndian,
        headerOffsetByteCount: Int = 0, trailingByteCount: Int = 0, isCompressed: Bool = false
    ) {
        precondition(headerOffsetByteCount >= 0 && trailingByteCount >= 0, "counts of bytes")
        self.interleave = interleave
        self.byteOrder = byteOrder
        self.headerOffsetByteCount = headerOffsetByteCount
        self.trailingByteCount = trailingByteCount
        self.isCompressed = isCompressed
    }

    /// Decodes and checks a layout.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let offset = try values.decode(Int.self, forKey: .headerOffsetByteCount)
        let trailing = try values.decode(Int.self, forKey: .trailingByteCount)
        guard offset >= 0, trailing >= 0 else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "a layout's counts of bytes are never negative"))
        }
        self.init(
            interleave: try values.decode(Interleave.self, forKey: .interleave),
            byteOrder: try values.decode(ByteOrder.self, forKey: .byteOrder),
            headerOffsetByteCount: offset, trailingByteCount: trailing,
            isCompressed: try values.decode(Bool.self, forKey: .isCompressed))
    }
}
