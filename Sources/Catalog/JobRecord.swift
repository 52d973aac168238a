import Foundation

/// One piece of work in the queue.
public struct JobRecord: Sendable, Hashable, Codable {
    /// The job's number.
    public let id: Int64
    /// The kind of work, such as `encode`.
    public let kind: String
    /// What it is to be done to: a cube's ID or a path.
    public let subject: String
    /// Where it stands.
    public let state: JobState
    /// Higher ones are claimed first.
    public let priority: Int
    /// How often it was claimed, the present attempt included.
    public let attemptCount: Int
    /// When it was first queued.
    public let createdAt: Date
    /// It is not claimed before this time.
    public let availableAt: Date
    /// When it was last claimed.
    public let startedAt: Date?
    /// When it was finished, given up or withdrawn.
    public let finishedAt: Date?
    /// Why the last attempt failed.
    public let error: String?
    /// The work's details, as JSON.
    public let payload: String
}
