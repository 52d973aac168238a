/// Builds a little-endian structure.
public struct ByteWriter {
    /// The bytes written so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty writer.
    public init() {}

    /// Appends an integer, little-endian.
    public mutating func write<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends a 4-byte IEEE 754 value.
    public mutating func write(_ value: Float) { write(value.bitPattern) }

    /// Appends an 8-byte IEEE 754 value.
    public mutating func write(_ value: Double) { write(value.bitPattern) }

    /// Appends consecutive 4-byte IEEE 754 values.
    public mutating func write(_ values: [Float]) {
        bytes.reserveCapacity(bytes.count + values.count * 4)
        for value in values { write(value) }
    }

    /// Appends raw bytes.
    public mutating func write(bytes more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Appends the characters of a magic.
    public mutating func write(magic: String) { bytes.append(contentsOf: magic.utf8) }
}
