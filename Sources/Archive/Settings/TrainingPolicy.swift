/// Settings of `[training]`.
public struct TrainingPolicy: Sendable, Equatable {
    /// Whether the daemon trains the first base network by itself.
    public var automatic = true
    /// Cubes that must have arrived before the first training.
    public var firstAfterCubeCount = 4
    /// Seconds without a new cube before an automatic training starts.
    public var quietSeconds = 30.0
    /// Seconds that one training may take.
    public var timeLimitSeconds = 600.0
    /// Outer iterations that one training may take; 0 leaves only the time limit.
    public var iterationLimit = 0
    /// Cubes that one training uses at most, chosen by seed where there are more.
    public var cubeCountLimit = 256
    /// Pixels of each cube that a training holds in memory.
    public var pixelBudget = 20_000
    /// Seed of everything random in a training.
    public var seed: UInt64 = 1
}
