/// Where a job stands.
public enum JobState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Waiting for a worker, or for the time at which it may be tried again.
    case queued
    /// A worker of the writing process has it.
    case running
    /// Finished.
    case done
    /// Given up; the error says why.
    case failed
    /// Withdrawn before it ran.
    case cancelled
}
