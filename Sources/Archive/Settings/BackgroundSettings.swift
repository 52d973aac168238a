/// Settings of `[background]`: when the daemon trains and re-encodes.
public struct BackgroundSettings: Sendable, Equatable {
    /// Hours of the local day in which it may, `HH:MM-HH:MM`; empty for all. A span may cross
    /// midnight.
    public var hours = ""
    /// Share of the processors that other work may take before background work pauses, in percent;
    /// 100 for no such limit.
    public var pauseAboveLoadPercent = 80.0
    /// Share of the time in which re-encoding works, in percent; it rests in between.
    public var busyPercent = 100.0

    /// The defaults.
    public init() {}
}
