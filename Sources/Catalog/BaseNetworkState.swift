/// A base network's part in the archive.
public enum BaseNetworkState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Trained, not yet in use.
    case candidate
    /// The one that new cubes are encoded against; at most one.
    case current
    /// The one that a rollback returns to; at most one.
    case previous
    /// Out of use; kept for as long as an encoding needs it.
    case retired
}
