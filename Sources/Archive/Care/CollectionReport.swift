import Catalog
import Foundation

/// What a collection found or did; its keys are part of the JSON interface.
public struct CollectionReport: Sendable, Codable {
    /// One thing that nothing refers to.
    public struct Item: Sendable, Codable, Equatable {
        /// What it is.
        public var kind: CollectionMark.Kind
        /// Which one: a blob's SHA-256, a version, or a cube's ID and a version.
        public var name: String
        /// Bytes that its deletion frees, roughly.
        public var byteCount: Int
        /// When it was first seen that nothing refers to it (UTC); nil where that is now.
        public var markedAt: Date?
        /// When it may be deleted (UTC).
        public var dueAt: Date
        /// Whether it was deleted, or would be.
        public var isDue: Bool

        var key: CollectionMark.Key { CollectionMark.Key(kind: kind, object: name) }
    }

    /// Whether anything was changed.
    public var isDryRun: Bool
    /// Everything that nothing refers to.
    public var items: [Item]

    /// Bytes of what was deleted, or would be.
    public var dueByteCount: Int {
        items.filter(\.isDue).reduce(0) { $0 + $1.byteCount }
    }
}
