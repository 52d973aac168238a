import Basics

/// Receives the content of one blob, chunk by chunk, inside ``BlobStore/write(_:)``.
///
/// Not thread-safe, and not to be kept beyond the call that handed it out.
public final class BlobWriter {
    private let file: RandomAccessFile
    private let compressor: ZstdCompressor
    private let hasher = SHA256Hasher()
    /// The frames written so far.
    private(set) var table = SeekTable()
    private var isFinished = false

    init(file: RandomAccessFile, compressionLevel: Int32) throws {
        self.file = file
        compressor = try ZstdCompressor(level: compressionLevel)
    }

    /// Appends one chunk, which becomes one frame of the file. An empty chunk is allowed.
    ///
    /// - Throws: ``BlobStoreError/chunkTooLarge(byteCount:limit:)``,
    ///   ``BlobStoreError/tooManyChunks(limit:)``, or ``BasicsError`` where writing fails.
    public func append(_ chunk: [UInt8]) throws {
        precondition(!isFinished, "a writer ends with the call that handed it out")
        guard chunk.count <= BlobStore.maximumChunkByteCount else {
            throw BlobStoreError.chunkTooLarge(
                byteCount: chunk.count, limit: BlobStore.maximumChunkByteCount)
        }
        guard table.entries.count < BlobStore.maximumChunkCount else {
            throw BlobStoreError.tooManyChunks(limit: BlobStore.maximumChunkCount)
        }
        let frame = try compressor.frame(of: chunk)
        let offset = table.frameOffsets[table.entries.count]
        try frame.withUnsafeBytes { try file.write($0, at: offset) }
        hasher.update(chunk)
        table.append(
            SeekTable.Entry(
                storedByteCount: frame.count, contentByteCount: chunk.count,
                checksum: ZstdFrame.trailingChecksum(of: frame)))
    }

    /// Writes the seek table; returns the name of the content.
    func finish() throws -> SHA256Digest {
        isFinished = true
        let bytes = table.encode()
        let offset = table.frameOffsets[table.entries.count]
        try bytes.withUnsafeBytes { try file.write($0, at: offset) }
        return hasher.finalize()
    }
}
