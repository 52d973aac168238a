import Basics
import Foundation

/// One piece of work in progress, as other processes see it.
public struct ProgressEntry: Sendable, Codable, Equatable {
    /// How far it is.
    public var report: ProgressReport
    /// When that was (UTC).
    public var at: Date
    /// When this activity on this subject began (UTC).
    public var begunAt: Date
    /// How the quality changed so far; nil where the work has none to show.
    public var curve: [CurvePoint]?

    /// When it will end (UTC), as the work itself reckons or at the pace so far; nil where that
    /// cannot be told.
    public var expectedEndAt: Date? {
        if let seconds = report.figures["secondsRemaining"] {
            return at.addingTimeInterval(max(0, seconds))
        }
        let done = report.completedCount
        guard done > 0, report.totalCount >= done else { return nil }
        let pace = at.timeIntervalSince(begunAt) / Double(done)
        return at.addingTimeInterval(pace * Double(report.totalCount - done))
    }
}
