/// Why background work pauses.
public enum PauseReason: String, Sendable, Equatable {
    /// It is not one of the hours in which it may run.
    case hours
    /// Other work needs the processors.
    case load
}
