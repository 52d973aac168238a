import Basics

/// Failures of the blob folder: blobs that are missing or damaged, and content that cannot be
/// stored.
public enum BlobStoreError: CubevaultError, Equatable {
    /// No blob of that name is in the folder; restore the file from a copy of the archive.
    case notFound(name: SHA256Digest, path: String)
    /// The file is not the blob that its name promises; restore it from a copy of the archive.
    case damaged(path: String, reason: String)
    /// Every chunk decodes, but together they are not the named content.
    case wrongContent(path: String, found: SHA256Digest)
    /// A reader asked for a chunk that the blob does not have.
    case noSuchChunk(path: String, index: Int, chunkCount: Int)
    /// A chunk is larger than ``BlobStore/maximumChunkByteCount``; split the content further.
    case chunkTooLarge(byteCount: Int, limit: Int)
    /// The content has more chunks than ``BlobStore/maximumChunkCount``; use larger chunks.
    case tooManyChunks(limit: Int)
    /// The same content is stored already, cut into chunks at other places; a reader of the stored
    /// blob counts on its chunks, so it stays as it is.
    case chunkedDifferently(path: String)
    /// zstd could not compress a chunk; the machine is out of memory.
    case compressionFailed(reason: String)
    /// The bytes just written do not read back as the bytes given; the disk or memory is failing.
    case writeNotVerified(path: String, reason: String)

    /// What happened, to which file, and what to do.
    public var description: String {
        switch self {
        case .notFound(let name, let path):
            "blob \(name) is missing (\(path)); restore the file from a copy of the archive"
        case .damaged(let path, let reason):
            "blob \(path) is damaged: \(reason); restore the file from a copy of the archive"
        case .wrongContent(let path, let found):
            "blob \(path) is damaged: its content has the hash \(found); "
                + "restore the file from a copy of the archive"
        case .noSuchChunk(let path, let index, let chunkCount):
            "blob \(path) has \(chunkCount) chunks, so there is no chunk \(index)"
        case .chunkTooLarge(let byteCount, let limit):
            "a chunk of \(byteCount) bytes is over the limit of \(limit); use smaller chunks"
        case .tooManyChunks(let limit):
            "the content has more than \(limit) chunks; use larger chunks"
        case .chunkedDifferently(let path):
            "the same content is already stored in \(path) with other chunk boundaries"
        case .compressionFailed(let reason):
            "zstd cannot compress a chunk: \(reason)"
        case .writeNotVerified(let path, let reason):
            "\(path) does not read back as it was written (\(reason)); "
                + "check the disk and the memory of this machine"
        }
    }

    /// Missing and damaged blobs have statuses of their own.
    public var exitStatus: ExitStatus {
        switch self {
        case .notFound: .notFound
        case .damaged, .wrongContent, .noSuchChunk: .damaged
        case .chunkTooLarge, .tooManyChunks, .chunkedDifferently, .compressionFailed,
            .writeNotVerified:
            .failed
        }
    }
}
