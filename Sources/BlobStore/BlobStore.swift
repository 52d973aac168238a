import Basics
import CZstd
import Glibc

/// The folder of an archive's blobs.
///
/// A blob is a file `ab/abcdef….zst`, named by the SHA-256 of its content: zstd frames, one per
/// chunk, then the seek table of zstd's seekable format. `zstd -dc` of the file gives the content.
///
/// Invariants, the ones that restic and Borg keep:
/// - A file under its final name was complete, forced to the disk, read back, decoded and compared
///   with its name before it got that name. It is never modified afterwards.
/// - A crash at any moment leaves files in `tmp/` or whole blobs that nobody refers to: garbage,
///   never damage.
/// - A failed fsync is never retried; its error reaches the caller, who must stop.
public struct BlobStore: Sendable {
    /// The largest chunk, in bytes: what one reader may have to hold in memory.
    public static let maximumChunkByteCount = 256 << 20
    /// The largest number of chunks of one blob.
    public static let maximumChunkCount = 1 << 20

    /// The folder that holds the fan-out folders and `tmp/`, without a trailing slash.
    public let folder: String
    let operations: FileOperations
    let compressionLevel: Int32

    /// The blobs of an existing folder; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - folder: the folder made by ``create(folder:operations:)``.
    ///   - operations: the durable file-system calls.
    ///   - compressionLevel: zstd's level, 1...22; it changes the size of new files, not names.
    ///     The default 1 suits exact streams, whose planes of residuals offer no true repetitions:
    ///     level 3 takes the chance ones and makes them 1 to 6 % larger.
    public init(folder: String, operations: FileOperations = .real, compressionLevel: Int32 = 1) {
        precondition(
            (ZSTD_minCLevel()...ZSTD_maxCLevel()).contains(compressionLevel),
            "the compression level is one of zstd's")
        self.folder = folder
        self.operations = operations
        self.compressionLevel = compressionLevel
    }

    /// Creates the folder with its `tmp/`, durably. Folders that are there already are kept.
    ///
    /// - Throws: ``BasicsError`` where a folder cannot be made or forced to the disk.
    public static func create(folder: String, operations: FileOperations = .real) throws {
        let store = BlobStore(folder: folder, operations: operations)
        try store.makeFolder(folder)
        try store.makeFolder(store.temporaryFolder)
    }

    /// Where a blob of that name is, or would be.
    public func path(of name: SHA256Digest) -> String {
        fanOutFolder(of: name) + "/" + name.hexadecimal + ".zst"
    }

    /// Whether a file of that name is there; says nothing of its soundness.
    public func contains(_ name: SHA256Digest) -> Bool {
        var status = stat()
        return stat(path(of: name), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Bytes that a chunk would take in a blob; nothing is stored.
    ///
    /// - Throws: ``BlobStoreError/compressionFailed(reason:)``.
    public func compressedByteCount(of chunk: [UInt8]) throws(BlobStoreError) -> Int {
        try ZstdCompressor(level: compressionLevel).frame(of: chunk).count
    }

    /// Bytes of a blob's file.
    ///
    /// - Throws: ``BlobStoreError/notFound(name:path:)``, ``BasicsError``.
    public func storedByteCount(of name: SHA256Digest) throws -> Int {
        try requirePresence(of: name)
        return try RandomAccessFile(readingFrom: path(of: name)).byteCount()
    }

    /// Opens a blob for reading. Only its seek table is checked yet.
    ///
    /// - Throws: ``BlobStoreError/notFound(name:path:)``, ``BlobStoreError/damaged(path:reason:)``,
    ///   ``BasicsError``.
    public func open(_ name: SHA256Digest) throws -> BlobReader {
        try requirePresence(of: name)
        return try BlobReader(path: path(of: name))
    }

    /// Opens a blob of which only a part may be sound: where its seek table cannot be used, its
    /// chunks are looked for in the file (``BlobReader/isRecovered``).
    ///
    /// - Throws: as ``open(_:)``, and ``BasicsError/stopped``.
    public func openDamaged(_ name: SHA256Digest, stop: StopToken? = nil) throws -> BlobReader {
        do {
            return try open(name)
        } catch BlobStoreError.damaged {
            return try BlobReader(recovering: path(of: name), stop: stop)
        }
    }

    /// Reads a whole blob from the disk (not from the page cache, where the system allows) and
    /// compares its content with its name.
    ///
    /// - Throws: as ``open(_:)``, ``BlobStoreError/wrongContent(path:found:)``, and
    ///   ``BasicsError/stopped``.
    public func verify(_ name: SHA256Digest, stop: StopToken? = nil) throws {
        try requirePresence(of: name)
        PageCache.drop(path(of: name))
        let found = try open(name).contentDigest(stop: stop)
        guard found == name else {
            throw BlobStoreError.wrongContent(path: path(of: name), found: found)
        }
    }

    /// Folder of new files until they are verified.
    var temporaryFolder: String { folder + "/tmp" }

    /// Folder of the blobs that share a name's first two digits.
    func fanOutFolder(of name: SHA256Digest) -> String {
        folder + "/" + name.hexadecimal.prefix(2)
    }

    /// Makes a folder unless it is there, and forces its entry in the parent folder to the disk:
    /// also where it was there, since its maker may have ended before doing so.
    func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw BasicsError.fileOperationFailed(
                operation: "create folder", path: path, errorNumber: errno)
        }
        try operations.synchronizeFolder(parent(of: path))
    }

    private func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func requirePresence(of name: SHA256Digest) throws(BlobStoreError) {
        guard contains(name) else { throw .notFound(name: name, path: path(of: name)) }
    }
}
