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
