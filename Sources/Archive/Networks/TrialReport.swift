import Catalog
import Foundation

/// A trial that was recorded; its keys are part of the JSON interface.
public struct TrialReport: Sendable, Codable {
    /// When it was (UTC).
    public var at: Date
    /// `won`, `lost` or `forced`.
    public var outcome: String
    /// What the gate found.
    public var gate: GateReport

    init(_ record: TrialRecord) throws {
        at = record.at
        outcome = record.outcome.rawValue
        gate = try JSONCoding.decoder.decode(GateReport.self, from: Data(record.report.utf8))
    }
}

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

extension GateReport {
    /// Whether the reference is a mean over cubes that the network had not learned from.
    var isReferenceHeldOut: Bool {
        cubes.contains { $0.isHeldOut && $0.newPSNRDecibels != nil }
    }
}

extension Archive {
    /// The latest trial of a base network; nil where it was never tried.
    public func trialReport(of version: Int) throws -> TrialReport? {
        try catalog.latestTrial(of: version).map { try TrialReport($0) }
    }
}
