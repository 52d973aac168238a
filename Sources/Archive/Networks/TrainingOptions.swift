/// What one training does differently from the archive's settings; nil keeps the setting.
public struct TrainingOptions: Sendable {
    /// Seconds the training may take.
    public var timeLimitSeconds: Double?
    /// Outer iterations the training may take; 0 leaves only the time limit.
    public var iterationLimit: Int?
    /// Seed of everything random.
    public var seed: UInt64?
    /// Version of the base network to start from; nil starts from a fresh one.
    public var initialVersion: Int?
    /// The family that the network shall belong to; nil derives it from sensors and wavelengths.
    public var family: String?
    /// Whether a checkpoint of an interrupted training is thrown away instead of resumed.
    public var startsAfresh = false
    /// Whether the network shall be tried, and rotated to if it wins, without being asked for.
    public var isAutomatic = false
    /// Why it is begun, for the history; nil stands for somebody's wish.
    public var reason: String?

    /// The archive's settings throughout.
    public init() {}
}
