import Basics

/// An open blob, whose chunks can be had one by one.
///
/// Safe to use from several threads at once: the seek table never changes and the file is read at
/// offsets. The file is treated as hostile: nothing is allocated before its size was checked
/// against the file and against zstd's own limits.
public final class BlobReader: Sendable {
    private let file: RandomAccessFile
    let table: SeekTable

    /// Opens a blob's file and reads its seek table.
    init(path: String) throws {
        file = try RandomAccessFile(readingFrom: path)
        table = try SeekTable(endOf: file)
    }

    /// Number of chunks, at most ``BlobStore/maximumChunkCount``.
    public var chunkCount: Int { table.entries.count }

    /// Bytes of every chunk, uncompressed, in order.
    public var chunkByteCounts: [Int] { table.entries.map(\.contentByteCount) }

    /// Bytes of all chunks together, uncompressed.
    public var contentByteCount: Int { table.contentByteCount }

    /// Bytes of the file.
    public var storedByteCount: Int { table.fileByteCount }

    /// One chunk, its checksum checked.
    ///
    /// - Throws: ``BlobStoreError/noSuchChunk(path:index:chunkCount:)``,
    ///   ``BlobStoreError/damaged(path:reason:)``, or ``BasicsError`` where reading fails.
    public func chunk(_ index: Int) throws -> [UInt8] {
        guard table.entries.indices.contains(index) else {
            throw BlobStoreError.noSuchChunk(
                path: file.path, index: index, chunkCount: chunkCount)
        }
        let entry = table.entries[index]
        let frame = try file.bytes(
            at: table.frameOffsets[index], byteCount: entry.storedByteCount)
        switch ZstdFrame.decode(frame, entry) {
        case .success(let content): return content
        case .failure(let flaw):
            throw BlobStoreError.damaged(
                path: file.path, reason: "chunk \(index): \(flaw.reason)")
        }
    }

    /// The hash of all chunks, read from the disk in order.
    ///
    /// - Throws: as ``chunk(_:)``, and ``BasicsError/stopped``.
    func contentDigest(stop: StopToken? = nil) throws -> SHA256Digest {
        let hasher = SHA256Hasher()
        for index in 0..<chunkCount {
            try stop?.check()
            hasher.update(try chunk(index))
        }
        return hasher.finalize()
    }
}
