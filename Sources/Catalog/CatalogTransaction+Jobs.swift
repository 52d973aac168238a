import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Queues work and returns its number. Where the same kind of work already waits for the same
    /// subject, that job is returned, with the higher of both priorities and no longer put off. A
    /// running one does not count: its subject may have changed since it began.
    ///
    /// - Parameters:
    ///   - payload: Details as JSON text.
    ///   - priority: Higher ones are claimed first.
    /// - Throws: ``CatalogError/invalidRecord(subject:reason:)`` where the payload is not JSON.
    @discardableResult
    public func enqueue(
        kind: String, subject: String, payload: String = "{}", priority: Int = 0, at now: Date
    ) throws -> Int64 {
        let sql = """
            INSERT INTO jobs (kind, subject, state, priority, attempt_count, created_at,
                available_at, payload)
            VALUES (?, ?, 'queued', ?, 0, ?, ?, ?)
            ON CONFLICT (kind, subject) WHERE state = 'queued'
                DO UPDATE SET priority = max(priority, excluded.priority),
                    available_at = min(available_at, excluded.available_at)
            RETURNING id
            """
        let time = try text(of: now, "the time of a job")
        try requireJSON(payload, "the payload of a job")
        let number = try queries.fetchFirst(
            sql, [kind, subject, priority, time, time, payload]
        ) { try $0.integer("id") }
        guard let number else { preconditionFailure("a job that was queued has a number") }
        return Int64(number)
    }

    /// Gives the most urgent, then oldest, waiting job to a worker; nil where none is ready. A job
    /// whose kind of work is running on the same subject is passed over.
    ///
    /// - Parameter kinds: The kinds of work that the worker does; nil for all.
    public func claim(kinds: [String]? = nil, at now: Date) throws -> JobRecord? {
        let time = try text(of: now, "the time of a job")
        let marks = kinds.map { $0.map { _ in "?" }.joined(separator: ", ") }
        let sql = """
            UPDATE jobs SET state = 'running', attempt_count = attempt_count + 1, started_at = ?
            WHERE id = (
                SELECT id FROM jobs AS waiting
                WHERE state = 'queued' AND available_at <= ?
                    \(marks.map { "AND kind IN (\($0))" } ?? "")
                    AND NOT EXISTS (
                        SELECT 1 FROM jobs AS busy
                        WHERE busy.state = 'running' AND busy.kind = waiting.kind
                            AND busy.subject = waiting.subject)
                ORDER BY priority DESC, id LIMIT 1)
            RETURNING id
            """
        let arguments = StatementArguments([time, time] + (kinds ?? []))
        let number = try queries.fetchFirst(sql, arguments) { try $0.integer("id") }
        return try number.map { try queries.job(Int64($0)) }
    }

    /// Marks a running job as done.
    ///
    /// - Throws: ``CatalogError/wrongJobState(id:needed:)`` where it is not running.
    public func finish(_ job: Int64, at now: Date) throws {
        let time = try text(of: now, "the time of a job")
        try requireOne(
            try execute(
                """
                UPDATE jobs SET state = 'done', finished_at = ?, error = NULL
                WHERE id = ? AND state = 'running'
                """, [time, job]), job, .running)
    }

    /// Marks a running job as failed, or queues it again where `retryAt` is given. It is not queued
    /// again where the same work already waits.
    ///
    /// - Throws: ``CatalogError/wrongJobState(id:needed:)`` where it is not running.
    public func fail(_ job: Int64, error: String, retryAt: Date? = nil, at now: Date) throws {
        let time = try text(of: now, "the time of a job")
        let retry = try optionalText(of: retryAt, "the time of a job")
        try requireOne(
            try execute(
                """
                UPDATE jobs SET error = ?1,
                    state = CASE WHEN ?2 IS NULL OR \(Self.sameWorkWaits)
                        THEN 'failed' ELSE 'queued' END,
                    finished_at = CASE WHEN ?2 IS NULL OR \(Self.sameWorkWaits) THEN ?3 END,
                    available_at = coalesce(?2, available_at)
                WHERE id = ?4 AND state = 'running'
                """, [error, retry, time, job]), job, .running)
    }

    /// Withdraws a waiting job.
    ///
    /// - Throws: ``CatalogError/wrongJobState(id:needed:)`` where it is not waiting.
    public func cancel(_ job: Int64, at now: Date) throws {
        let time = try text(of: now, "the time of a job")
        try requireOne(
            try execute(
                """
                UPDATE jobs SET state = 'cancelled', finished_at = ?
                WHERE id = ? AND state = 'queued'
                """, [time, job]), job, .queued)
    }

    /// Queues every running job again, or withdraws it where the same work already waits: for a
    /// process that has just become the only writer, whose predecessor must have crashed. The count
    /// of attempts stays, so that work that brings the process down can be recognised.
    @discardableResult
    public func requeueRunning() throws -> Int {
        try atomically {
            try execute(
                """
                UPDATE jobs SET state = 'cancelled', finished_at = started_at
                WHERE state = 'running' AND \(Self.sameWorkWaits)
                """, StatementArguments())
            return try execute(
                "UPDATE jobs SET state = 'queued' WHERE state = 'running'", StatementArguments())
        }
    }

    /// Deletes jobs that were done or cancelled before a time; failed ones stay until they are
    /// looked at. Returns their number.
    @discardableResult
    public func removeJobs(finishedBefore time: Date) throws -> Int {
        try execute(
            "DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND finished_at < ?",
            [try text(of: time, "the time of a job")])
    }

    private static let sameWorkWaits = """
        EXISTS (SELECT 1 FROM jobs AS waiting WHERE waiting.state = 'queued'
            AND waiting.kind = jobs.kind AND waiting.subject = jobs.subject)
        """

    private func requireOne(_ count: Int, _ job: Int64, _ needed: JobState) throws {
        guard count == 1 else {
            _ = try queries.job(job)
            throw CatalogError.wrongJobState(id: job, needed: needed)
        }
    }
}
