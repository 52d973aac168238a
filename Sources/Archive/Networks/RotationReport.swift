/// What a rotation changed; its keys are part of the JSON interface.
public struct RotationReport: Sendable, Codable {
    /// The version that was current before; nil where there was none.
    public var oldVersion: Int?
    /// The version that is current now.
    public var newVersion: Int
    /// What became of each cube that was (re-)encoded by this call.
    public var cubes: [EncodingReport]

    /// Cubes whose latent got better or that had none.
    public var flippedCubeCount: Int {
        cubes.filter { $0.outcome == .encoded || $0.outcome == .improved }.count
    }

    /// Cubes that kept their old latent.
    public var keptCubeCount: Int { cubes.filter { $0.outcome == .kept }.count }
}
