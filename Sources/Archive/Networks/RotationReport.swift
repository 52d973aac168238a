/// What a rotation changed; its keys are part of the JSON interface.
public struct RotationReport: Sendable, Codable {
    /// The version that was current before; nil where there was none.
    public var oldVersion: Int?
    /// The version that the rotation is to, current now unless it was refused.
    public var newVersion: Int
    /// Whether the gate refused it; nothing was changed then.
    public var isRefused = false
    /// What the gate found; nil where a rotation went on.
    public var gate: GateReport?
    /// What became of each cube that was (re-)encoded by this call.
    public var cubes: [EncodingReport] = []
    /// Cubes that are still to be tried.
    public var pendingCubeCount = 0

    /// Cubes whose latent got better or that had none.
    public var flippedCubeCount: Int {
        cubes.filter { $0.outcome == .encoded || $0.outcome == .improved }.count
    }

    /// Cubes that kept their old latent.
    public var keptCubeCount: Int { cubes.filter { $0.outcome == .kept }.count }
}
