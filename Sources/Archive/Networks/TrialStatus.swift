import Foundation

/// What `status` says of the latest trial; its keys are part of the JSON interface.
public struct TrialStatus: Sendable, Codable {
    /// The candidate.
    public var version: Int
    /// The network that was current; nil where there was none.
    public var againstVersion: Int?
    /// When it was (UTC).
    public var at: Date
    /// `won`, `lost` or `forced`.
    public var outcome: String
    /// Cubes that it was tried on.
    public var cubeCount: Int
    /// Mean gain by the rule; nil where there was nothing to hold it against.
    public var gainDecibels: Double?
    /// Mean gain of the cubes that the candidate had not learned from.
    public var heldOutGainDecibels: Double?
    /// Why it does not win; empty where it does.
    public var objections: [String]

    init(_ trial: TrialReport) {
        version = trial.gate.version
        againstVersion = trial.gate.againstVersion
        at = trial.at
        outcome = trial.outcome
        cubeCount = trial.gate.cubes.count
        gainDecibels = trial.gate.gainDecibels
        heldOutGainDecibels = trial.gate.heldOutGainDecibels
        objections = trial.gate.objections
    }
}
