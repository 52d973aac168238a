/// Process exit statuses. They are API: scripts depend on them.
public enum ExitStatus: Int32, Sendable {
    /// The command did what it was asked.
    case done = 0
    /// The command failed.
    case failed = 1
    /// The command was not understood.
    case usage = 2
    /// A cube, base network or file that was named does not exist.
    case notFound = 3
    /// Stored data is damaged.
    case damaged = 4
    /// Interrupted by the user; what was done so far is consistent. 128 + SIGINT, as shells say it.
    case interrupted = 130
}
