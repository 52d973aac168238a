/// How far a long piece of work has come, for a bar on a terminal or a JSON line elsewhere.
public struct ProgressReport: Sendable, Equatable, Codable {
    /// What is being done, such as `training` or `ingest`; stable, part of the JSON interface.
    public var activity: String
    /// The thing it is done to: a cube's name or a base network's version.
    public var subject: String
    /// Units finished so far.
    public var completedCount: Int
    /// Units in all; 0 where it is not known.
    public var totalCount: Int
    /// The unit of both counts, such as `lines` or `iterations`.
    public var unit: String
    /// Measured values worth showing, such as `psnrDecibels`.
    public var figures: [String: Double]

    /// Describes one moment of a long piece of work.
    public init(
        activity: String, subject: String, completedCount: Int, totalCount: Int, unit: String,
        figures: [String: Double] = [:]
    ) {
        self.activity = activity
        self.subject = subject
        self.completedCount = completedCount
        self.totalCount = totalCount
        self.unit = unit
        self.figures = figures
    }
}

/// Receives progress; called from whichever thread does the work, so it must be quick.
public typealias ProgressSink = @Sendable (ProgressReport) -> Void
