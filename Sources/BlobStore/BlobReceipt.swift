import Basics

/// What ``BlobStore/write(_:)`` hands out once a blob is on the disk and was read back.
public struct BlobReceipt: Hashable, Sendable {
    /// SHA-256 of the content: the blob's name.
    public let name: SHA256Digest
    /// Bytes of the content, uncompressed.
    public let contentByteCount: Int
    /// Bytes of the file, seek table included.
    public let storedByteCount: Int
    /// Number of chunks.
    public let chunkCount: Int
    /// True where a sound blob of this content was there before, so that nothing new was stored.
    public let wasAlreadyThere: Bool
}
