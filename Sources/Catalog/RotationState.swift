/// Where a rotation stands.
public enum RotationState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Cubes wait to be encoded against its base network.
    case running
    /// Every cube was tried.
    case done
    /// A newer base network came before every cube was tried.
    case superseded
    /// The cubes that were left were withdrawn; those that were switched stay so.
    case cancelled
    /// Taken back: what it had switched is as it was before.
    case rolledBack = "rolled-back"
}
