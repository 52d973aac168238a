/// How an event ended.
public enum EventOutcome: String, Sendable, Hashable, Codable {
    /// It did what it set out to do.
    case done
    /// It failed; the message says why.
    case failed
    /// There was nothing to do, such as for a duplicate.
    case skipped
    /// It was measured and turned down, such as a re-encoding that came out worse.
    case refused
}
