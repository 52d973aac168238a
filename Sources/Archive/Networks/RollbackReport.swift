/// What a rollback changed; its keys are part of the JSON interface.
public struct RollbackReport: Sendable, Codable {
    /// The version that was current before.
    public var oldVersion: Int
    /// The version that is current again.
    public var newVersion: Int
    /// Cubes whose earlier encoding is current again.
    public var restoredCubeCount: Int
}
