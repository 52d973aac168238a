import Basics

/// What to change of the labels that its owner gave a cube.
public struct LabelChange: Sendable, Codable, Equatable {
    /// The cube.
    public var cube: SHA256Digest
    /// Tags to set, by key.
    public var tags: [String: String]
    /// Keys of tags to remove; one that the cube lacks is no error.
    public var removedTags: [String]
    /// The collection to put the cube in; nil for no change.
    public var collection: String?
    /// Whether the cube leaves its collection.
    public var leavesCollection: Bool

    /// Describes a change.
    public init(
        cube: SHA256Digest, tags: [String: String] = [:], removedTags: [String] = [],
        collection: String? = nil, leavesCollection: Bool = false
    ) {
        self.cube = cube
        self.tags = tags
        self.removedTags = removedTags
        self.collection = collection
        self.leavesCollection = leavesCollection
    }
}
