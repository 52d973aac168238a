/// What a trial of a candidate found; its keys are part of the JSON interface.
public struct GateReport: Sendable, Codable {
    /// The candidate.
    public var version: Int
    /// The network that was current; nil where there was none.
    public var againstVersion: Int?
    /// Whether it wins by the rule.
    public var isWon: Bool
    /// Why it does not; empty where it does.
    public var objections: [String]
    /// The cubes it was tried on.
    public var cubes: [CanaryReport]
    /// Mean PSNR of the present latents of cubes that have both.
    public var oldPSNRDecibels: Double?
    /// Mean PSNR of the same cubes against the candidate.
    public var newPSNRDecibels: Double?
    /// Mean bits per sample of the present latents of cubes that have both.
    public var oldBitsPerSample: Double?
    /// Mean bits per sample of the same cubes against the candidate.
    public var newBitsPerSample: Double?
    /// Wall time that encoding the same cubes took before.
    public var oldSeconds: Double?
    /// Wall time that encoding the same cubes takes with the candidate.
    public var newSeconds: Double?
    /// Mean gain by the rule.
    public var gainDecibels: Double?
    /// Mean gain of the cubes that the candidate was not trained on.
    public var heldOutGainDecibels: Double?
    /// Cubes that come out worse.
    public var worseCubeCount: Int
    /// Cubes that have no latent yet and get one.
    public var newlyCoveredCubeCount: Int
    /// Mean PSNR against the candidate of the cubes it was not trained on, which later cubes are
    /// held against; where it was tried on none of them, of all, and nothing is held against that.
    public var referencePSNRDecibels: Double?
}
