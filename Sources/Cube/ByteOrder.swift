/// The order of the bytes of one sample in a file. In memory samples are always little-endian.
public enum ByteOrder: String, Sendable, Codable {
    /// Least significant byte first (ENVI byte order 0).
    case littleEndian
    /// Most significant byte first (ENVI byte order 1).
    case bigEndian
}
