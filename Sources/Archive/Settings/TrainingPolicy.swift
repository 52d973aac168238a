/// Settings of `[training]`.
public struct TrainingPolicy: Sendable, Equatable {
    /// Whether the daemon trains base networks by itself and rotates to those that win.
    public var automatic = true
    /// Cubes that must have arrived before the first training.
    public var firstAfterCubeCount = 4
    /// Seconds without a new cube before an automatic training starts.
    public var quietSeconds = 30.0
    /// New cubes after which it trains again; 0 for never.
    public var againAfterCubeCount = 200
    /// Bytes of new source files, in GiB, after which it trains again; 0 for never.
    public var againAfterGibibytes = 200.0
    /// How far the new cubes' mean PSNR may fall below the network's held-out figure before it
    /// trains again; 0 for never.
    public var driftDecibels = 3.0
    /// Percentage of the new cubes' bands that may lie outside the wavelengths that the network
    /// knows before it trains again; 0 for never.
    public var driftUncoveredPercent = 10.0
    /// New cubes that must have a latent before their mean says anything.
    public var driftCubeCount = 8
    /// Cubes of each sensor that training leaves out, to judge the network by, in percent.
    public var heldOutPercent = 10.0
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

    /// The defaults.
    public init() {}
}
