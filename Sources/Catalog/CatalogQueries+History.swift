import Basics
import Foundation
internal import GRDB

extension CatalogQueries {
    /// What happened to one object, the latest first; at most `limit`, nil for all, and not before
    /// `since`, nil for the beginning.
    public func events(
        objectKind: String, objectID: String, since: Date? = nil, limit: Int? = nil
    ) throws -> [EventRecord] {
        try events(
            "WHERE object_kind = ? AND object_id = ? AND at >= ?",
            [objectKind, objectID, Self.text(since)], limit: limit)
    }

    /// What happened to one cube, the latest first; at most `limit`, nil for all.
    public func events(for cube: SHA256Digest, limit: Int? = nil) throws -> [EventRecord] {
        try events(objectKind: "cube", objectID: cube.hexadecimal, limit: limit)
    }

    /// What happened in the archive, the latest first; at most `limit`, nil for all, and not before
    /// `since`, nil for the beginning.
    public func events(since: Date? = nil, limit: Int? = nil) throws -> [EventRecord] {
        try events("WHERE at >= ?", [Self.text(since)], limit: limit)
    }

    /// The latest event of some actions on some kinds of objects that was recorded before another;
    /// nil where there is none.
    public func latestEvent(
        ofActions actions: [String], on objectKinds: [String], before id: Int64
    ) throws -> EventRecord? {
        func marks(_ values: [String]) -> String {
            values.map { _ in "?" }.joined(separator: ", ")
        }
        return try events(
            """
            WHERE action IN (\(marks(actions))) AND object_kind IN (\(marks(objectKinds)))
                AND id < ?
            """, StatementArguments(actions + objectKinds) + [id], limit: 1
        ).first
    }

    /// The latest event of an action on any object of a kind; nil where there is none.
    public func latestEvent(ofAction action: String, on objectKind: String) throws -> EventRecord? {
        try events("WHERE action = ? AND object_kind = ?", [action, objectKind], limit: 1).first
    }

    /// A time as its column holds it; the empty text comes before all of them.
    private static func text(_ time: Date?) -> String {
        time.map { CatalogTime.text(of: $0) ?? "" } ?? ""
    }

    /// The jobs in one state, in the order in which they would be claimed; at most `limit`, nil for
    /// all.
    public func jobs(state: JobState, limit: Int? = nil) throws -> [JobRecord] {
        let sql = Self.jobColumns + " WHERE state = ? ORDER BY priority DESC, id LIMIT ?"
        return try fetch(sql, [state.rawValue, limit.map { max(0, $0) } ?? -1], job)
    }

    /// One job.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``.
    public func job(_ id: Int64) throws -> JobRecord {
        guard let record = try fetchFirst(Self.jobColumns + " WHERE id = ?", [id], job) else {
            throw CatalogError.notFound(kind: "job", name: String(id))
        }
        return record
    }

    /// Number of jobs in each state; every state has an entry.
    public func jobCounts() throws -> [JobState: Int] {
        let pairs = try fetch("SELECT state, count(*) AS count FROM jobs GROUP BY state") { row in
            (try row.choice("state", of: JobState.self), try row.integer("count"))
        }
        let none = JobState.allCases.map { ($0, 0) }
        return Dictionary(none + pairs) { _, last in last }
    }

    static let jobColumns = """
        SELECT id, kind, subject, state, priority, attempt_count, created_at, available_at,
            started_at, finished_at, error, payload
        FROM jobs
        """

    func job(_ row: Row) throws -> JobRecord {
        JobRecord(
            id: Int64(try row.integer("id")), kind: try row.text("kind"),
            subject: try row.text("subject"), state: try row.choice("state", of: JobState.self),
            priority: try row.integer("priority"),
            attemptCount: try row.integer("attempt_count"),
            createdAt: try row.time("created_at"), availableAt: try row.time("available_at"),
            startedAt: try row.optionalTime("started_at"),
            finishedAt: try row.optionalTime("finished_at"),
            error: try row.optionalText("error"), payload: try row.text("payload"))
    }

    private func events(
        _ condition: String, _ arguments: StatementArguments, limit: Int?
    ) throws -> [EventRecord] {
        let sql = """
            SELECT id, at, action, object_kind, object_id, outcome, message, figures
            FROM events \(condition) ORDER BY id DESC LIMIT ?
            """
        return try fetch(sql, arguments + [limit.map { max(0, $0) } ?? -1]) { row in
            var event = EventRecord(
                at: try row.time("at"), action: try row.text("action"),
                objectKind: try row.text("object_kind"), objectID: try row.text("object_id"),
                outcome: try row.choice("outcome", of: EventOutcome.self),
                message: try row.optionalText("message"),
                figures: try row.json("figures", as: [String: Double].self))
            event.id = Int64(try row.integer("id"))
            return event
        }
    }
}
