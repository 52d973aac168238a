import Foundation

/// A collection and its size.
public struct CollectionSummary: Sendable, Hashable, Codable {
    /// The collection's name.
    public let name: String
    /// When its first cube entered it.
    public let createdAt: Date
    /// Number of cubes in it now.
    public let cubeCount: Int
}
