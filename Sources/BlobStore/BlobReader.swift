import Basics

/// An open blob, whose chunks can be had one by one.
///
/// Safe to use from several threads at once: the seek table never changes and the file is read at
/// offsets. The file is treated as hostile: nothing is allocated before its size was checked
/// against the file and against zstd's own limits.
public final class BlobReader: Sendable {
    private let file: RandomAccessFile
    let table: SeekTable
    /// Entries of a recovered table that are no frames.
    private let gaps: Set<Int>
    /// Whether the seek table is of no use and the chunks were found without it. Then a stretch of
    /// the file in which none could be told counts as one chunk, which cannot be read, and whoever
    /// wants to know what a chunk is must look into it.
    public let isRecovered: Bool

    /// Opens a blob's file and reads its seek table.
    init(path: String) throws {
        file = try RandomAccessFile(readingFrom: path)
        table = try SeekTable(endOf: file)
        gaps = []
        isRecovered = false
    }

    /// Opens a blob's file and finds its chunks without the seek table.
    init(recovering path: String, stop: StopToken?) throws {
        file = try RandomAccessFile(readingFrom: path)
        let scan = try FrameScan(file, stop: stop)
        table = scan.table
        gaps = scan.gaps
        isRecovered = true
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
        guard !gaps.contains(index) else {
            throw BlobStoreError.damaged(
                path: file.path, reason: "chunk \(index): its frame is broken")
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
