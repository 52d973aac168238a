import Cube

/// Writes a cube as a .npy file: format version 1, C order, little-endian, lines x samples x bands.
///
/// Safe from several threads at once; writes take turns.
public final class NumPyWriter: Sendable {
    private let writer: ENVIBinaryWriter

    /// Creates the file and writes its header; a file of that name is emptied.
    ///
    /// - Throws: ``BasicsError`` where the file cannot be written.
    public init(creating path: String, description: CubeDescription) throws {
        let header = NumPyHeader.bytes(for: description)
        writer = try ENVIBinaryWriter(
            creating: path, description: description,
            layout: ENVIBinaryLayout(interleave: .bip, headerOffsetByteCount: header.count),
            prefixBytes: header)
    }

    /// Writes a block to its place.
    ///
    /// - Throws: what ``ENVIBinaryWriter/write(_:)`` throws.
    public func write(_ block: SampleBlock) throws { try writer.write(block) }

    /// Forces everything to the disk.
    ///
    /// - Throws: what ``ENVIBinaryWriter/finish()`` throws.
    public func finish() throws { try writer.finish() }
}
