/// Work that a command asks of the process that holds the writer lock.
public enum ArchiveRequest: Sendable, Codable, Equatable {
    /// Train a base network; limits of nil take the settings'.
    case train(
        timeLimitSeconds: Double?, iterationLimit: Int?, seed: UInt64?, initialVersion: Int?,
        family: String?, startsAfresh: Bool)
    /// Rotate to a version; nil takes the newest candidate. With `force` the gate is overruled.
    case rotate(version: Int?, force: Bool)
    /// Withdraw what the running rotation has left to do.
    case cancelRotation
    /// Mark what nothing refers to and delete what has been marked for so many days; nil takes the
    /// setting.
    case collect(graceDays: Double?)
    /// Go back to the previous base network.
    case rollback
    /// Import a base network from a file, given by its absolute path, into a family; nil takes the
    /// file's own.
    case importBase(path: String, family: String?)
    /// Change a cube's tags or collection.
    case label(LabelChange)
}
