import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Records what happened; the events' own numbers are ignored.
    public func recordEvents(_ events: [EventRecord]) throws {
        let sql = """
            INSERT INTO events (at, action, object_kind, object_id, outcome, message, figures)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        guard !events.isEmpty else { return }
        try atomically {
            for event in events {
                let at = try text(of: event.at, "event \(event.action)")
                let figures = try CatalogJSON.text(of: event.figures)
                try execute(
                    sql,
                    [
                        at, event.action, event.objectKind, event.objectID,
                        event.outcome.rawValue, event.message, figures,
                    ])
            }
        }
    }

    /// Records one thing that happened.
    public func recordEvent(_ event: EventRecord) throws { try recordEvents([event]) }
}
