/// Settings of `[daemon]`.
public struct DaemonSettings: Sendable, Equatable {
    /// Seconds a drop must lie unchanged before it is taken.
    public var settleSeconds = 5.0
    /// Seconds between two full scans of the watch folder; the scan, not inotify, is the truth.
    public var rescanSeconds = 60.0
    /// Seconds between scans where the folder is on a network mount, which has no events.
    public var networkPollSeconds = 10.0
    /// Seconds that half a pair waits for its partner, from the last change of either.
    public var partnerTimeoutSeconds = 3600.0
}
