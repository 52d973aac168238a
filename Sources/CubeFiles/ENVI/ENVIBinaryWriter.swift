import Basics
import Cube

/// Writes a cube's samples into a file of a given layout, block by block in any order, with the
/// bytes that belong before and after them: the way back to the original file, bit for bit.
///
/// Safe from several threads at once; writes take turns.
public final class ENVIBinaryWriter: Sendable {
    private let samples: RawSampleWriter
    private let end: Int
    private let trailingBytes: [UInt8]

    /// Creates the file and writes the bytes before the samples; a file of that name is emptied.
    ///
    /// - Parameters:
    ///   - layout: an uncompressed layout with as many leading and trailing bytes as given.
    ///   - prefixBytes: bytes before the first sample.
    ///   - trailingBytes: bytes after the last sample.
    /// - Throws: ``BasicsError`` where the file cannot be written.
    public init(
        creating path: String, description: CubeDescription, layout: ENVIBinaryLayout,
        prefixBytes: [UInt8] = [], trailingBytes: [UInt8] = []
    ) throws {
        precondition(!layout.isCompressed, "a compressed file cannot be rebuilt from its samples")
        precondition(
            layout.headerOffsetByteCount == prefixBytes.count
                && layout.trailingByteCount == trailingBytes.count,
            "the bytes around the samples must be as many as the layout says")
        let file = try RandomAccessFile(creating: path)
        try prefixBytes.withUnsafeBytes { try file.write($0, at: 0) }
        samples = RawSampleWriter(
            file: file, geometry: description.geometry, sampleType: description.sampleType,
            order: SampleAxisOrder(layout.interleave), byteOrder: layout.byteOrder,
            offset: prefixBytes.count)
        end = prefixBytes.count + description.sampleByteCount
        self.trailingBytes = trailingBytes
    }

    /// Writes a block to its place. Blocks of all bands and whole lines are quickest.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``, or ``BasicsError`` where the file
    ///   cannot be written.
    public func write(_ block: SampleBlock) throws { try samples.write(block) }

    /// Writes the trailing bytes and forces everything to the disk.
    ///
    /// - Throws: ``CubeFilesError/writeIncomplete(path:expectedSampleCount:writtenSampleCount:)``
    ///   where fewer samples were written than the cube has, ``BasicsError`` where the disk fails.
    public func finish() throws {
        try complete()
        try samples.file.synchronize()
    }

    /// Writes what follows the samples, without forcing anything to the disk: for a file that is
    /// only looked at and thrown away.
    ///
    /// - Throws: as ``finish()``.
    public func complete() throws {
        try samples.checkComplete()
        try trailingBytes.withUnsafeBytes { try samples.file.write($0, at: end) }
    }
}
