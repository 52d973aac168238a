import Foundation

/// Something that happened to a cube, a base network or the archive.
public struct EventRecord: Sendable, Hashable, Codable {
    /// The event's number, in the order of recording; nil until it is recorded.
    public var id: Int64?
    /// When it happened.
    public var at: Date
    /// What was done, such as `ingest` or `rotate`.
    public var action: String
    /// What it was done to, such as `cube`, `base` or `training`.
    public var objectKind: String
    /// Which one, such as a cube's ID or a base network's version.
    public var objectID: String
    /// How it ended.
    public var outcome: EventOutcome
    /// A sentence for people; nil where the outcome says it all.
    public var message: String?
    /// Measured values, such as `psnrDecibels`.
    public var figures: [String: Double]

    /// Describes an event.
    public init(
        at: Date, action: String, objectKind: String, objectID: String, outcome: EventOutcome,
        message: String? = nil, figures: [String: Double] = [:]
    ) {
        self.at = at
        self.action = action
        self.objectKind = objectKind
        self.objectID = objectID
        self.outcome = outcome
        self.message = message
        self.figures = figures
    }
}
