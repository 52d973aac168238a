import Foundation

/// One switch of the current base network.
public struct RotationRecord: Sendable, Hashable, Codable {
    /// The rotation's number in this catalog.
    public let id: Int64
    /// The version that was current before; nil where there was none.
    public let oldVersion: Int?
    /// The version that it made current.
    public let newVersion: Int
    /// Where it stands.
    public let state: RotationState
    /// Whether it was made although the gate had refused the network.
    public let isForced: Bool
    /// Cubes that were queued for it.
    public let cubeCount: Int
    /// When the network became current.
    public let startedAt: Date
    /// When it was done, superseded, cancelled or rolled back; nil while it is running.
    public let finishedAt: Date?
}
