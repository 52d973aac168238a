import Foundation

/// Something that nothing refers to, waiting for its time of grace to pass.
public struct CollectionMark: Sendable, Hashable, Codable {
    /// What can be collected.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A file of the blob store.
        case blob
        /// A base network with all its encodings.
        case base
        /// An encoding that a cube is not decoded from and no rollback can return to.
        case encoding
    }

    /// Which object a mark is about, whenever it was marked.
    public struct Key: Sendable, Hashable {
        let kind: Kind
        let object: String

        /// Names an object.
        public init(kind: Kind, object: String) {
            self.kind = kind
            self.object = object
        }
    }

    /// What it is.
    public var kind: Kind
    /// Which one: a blob's digest, a version, or a cube's ID and a version with a slash between.
    public var object: String
    /// When it was first seen that nothing refers to it.
    public var markedAt: Date
    /// What its deletion frees, roughly.
    public var byteCount: Int

    /// The object.
    public var key: Key { Key(kind: kind, object: object) }

    /// Describes a mark.
    public init(kind: Kind, object: String, markedAt: Date, byteCount: Int) {
        self.kind = kind
        self.object = object
        self.markedAt = markedAt
        self.byteCount = byteCount
    }
}
