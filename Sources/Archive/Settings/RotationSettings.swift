/// Settings of `[rotation]`: when a candidate, and a cube's new latent, count as better.
public struct RotationSettings: Sendable, Equatable {
    /// Cubes that a candidate is tried on.
    public var canaryCubeCount = 24
    /// Mean gain over those cubes that a candidate needs.
    public var gateGainDecibels = 0.1
    /// Part of those cubes that may come out worse, in percent.
    public var gateWorsePercent = 40.0
    /// How many times longer encoding may take than before.
    public var gateTimeFactor = 4.0
    /// Gain that a cube's new latent must exceed to replace the old.
    public var leastGainDecibels = 0.0
    /// Gain that a latent of twice the bytes must bring to count as equal.
    public var decibelsPerDoubling = 3.0
    /// PSNR that a cube may lose at most, however much smaller the new latent is.
    public var largestLossDecibels = 0.0
    /// Days after its end in which a rotation can be taken back.
    public var graceDays = 30.0

    /// The defaults.
    public init() {}
}
