import Basics
import Foundation

/// One of the files that a cube came from.
public struct SourceFileRecord: Sendable, Hashable, Codable {
    /// What the file is to the cube, such as `header` or `samples`.
    public var role: String
    /// The file's name without its folder.
    public var fileName: String
    /// The file's length.
    public var byteCount: Int
    /// The SHA-256 of its bytes.
    public var sha256: SHA256Digest
    /// When the file was last changed; nil where unknown.
    public var modifiedAt: Date?
    /// How to get its bytes back.
    public var storage: SourceStorage

    /// Describes one source file.
    public init(
        role: String, fileName: String, byteCount: Int, sha256: SHA256Digest,
        modifiedAt: Date? = nil, storage: SourceStorage
    ) {
        self.role = role
        self.fileName = fileName
        self.byteCount = byteCount
        self.sha256 = sha256
        self.modifiedAt = modifiedAt
        self.storage = storage
    }
}
