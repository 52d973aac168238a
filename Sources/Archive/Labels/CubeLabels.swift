import Basics

/// The labels of a cube after a change; its keys are part of the JSON interface.
public struct CubeLabels: Sendable, Codable, Equatable {
    /// The cube's ID.
    public var id: SHA256Digest
    /// The cube's name.
    public var name: String
    /// Its collection; nil for none.
    public var collection: String?
    /// Its tags, by key.
    public var tags: [String: String]
}
