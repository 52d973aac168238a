import Foundation

/// One trial of a candidate against the base network that was current then.
public struct TrialRecord: Sendable, Hashable {
    /// The candidate's version.
    public var version: Int
    /// The version that it was held against; nil where none was current.
    public var againstVersion: Int?
    /// When it was tried.
    public var at: Date
    /// How it fared.
    public var outcome: TrialOutcome
    /// Mean PSNR of the cubes that it was not trained on, else of all that were tried; nil where
    /// none could be measured.
    public var referencePSNRDecibels: Double?
    /// The whole report, as JSON.
    public var report: String

    /// Describes a trial.
    public init(
        version: Int, againstVersion: Int?, at: Date, outcome: TrialOutcome,
        referencePSNRDecibels: Double?, report: String
    ) {
        self.version = version
        self.againstVersion = againstVersion
        self.at = at
        self.outcome = outcome
        self.referencePSNRDecibels = referencePSNRDecibels
        self.report = report
    }
}
