import Catalog
import Foundation

/// Something that happened in an archive; its keys are part of the JSON interface.
public struct HistoryEntry: Sendable, Codable, Equatable {
    /// When (UTC).
    public var at: Date
    /// What was done, such as `ingest` or `rotate`.
    public var action: String
    /// What it was done to: `cube`, `base`, `training`, `drop` or `blob`.
    public var objectKind: String
    /// Which one: a cube's ID, a base network's version, when a training began, a path or a
    /// blob's name.
    public var objectID: String
    /// `done`, `failed`, `skipped` or `refused`.
    public var outcome: String
    /// A sentence for people; nil where the outcome says it all.
    public var message: String?
    /// Measured values, such as `psnrDecibels`; those that are not finite are left out.
    public var figures: [String: Double]

    init(_ event: EventRecord) {
        at = event.at
        action = event.action
        objectKind = event.objectKind
        objectID = event.objectID
        outcome = event.outcome.rawValue
        message = event.message
        figures = event.figures.filter { $0.value.isFinite }
    }
}
