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
}
