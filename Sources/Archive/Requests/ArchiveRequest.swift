import Foundation

/// Work that a command asks of the process that holds the writer lock.
public enum ArchiveRequest: Sendable, Codable, Equatable {
    /// Train a base network; limits of nil take the settings'.
    case train(
        timeLimitSeconds: Double?, iterationLimit: Int?, seed: UInt64?, initialVersion: Int?,
        startsAfresh: Bool)
    /// Rotate to a version; nil takes the newest candidate.
    case rotate(version: Int?)
    /// Go back to the previous base network.
    case rollback
    /// Import a base network from a file, given by its absolute path.
    case importBase(path: String)
    /// Change a cube's tags or collection.
    case label(LabelChange)
}

/// What became of a request.
public struct ArchiveReply: Sendable, Codable {
    /// The report that the command prints, as JSON text; nil where the request failed.
    public var report: String?
    /// Why the request failed; nil where it did not.
    public var error: String?
    /// The exit status that the command ends with.
    public var exitStatus: Int32
}
