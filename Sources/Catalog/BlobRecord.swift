import Basics
import Foundation

/// What the catalog knows of one blob.
public struct BlobRecord: Sendable, Hashable, Codable {
    /// The SHA-256 of its content, which is its name.
    public var digest: SHA256Digest
    /// What it holds, such as `exact`, `source` or `base`.
    public var kind: String
    /// Bytes of its content.
    public var contentByteCount: Int
    /// Bytes on disk.
    public var storedByteCount: Int
    /// Number of independently readable pieces.
    public var chunkCount: Int
    /// When it was written.
    public var createdAt: Date

    /// Describes a blob.
    public init(
        digest: SHA256Digest, kind: String, contentByteCount: Int, storedByteCount: Int,
        chunkCount: Int, createdAt: Date
    ) {
        self.digest = digest
        self.kind = kind
        self.contentByteCount = contentByteCount
        self.storedByteCount = storedByteCount
        self.chunkCount = chunkCount
        self.createdAt = createdAt
    }
}
