import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Makes a base network current and queues every cube that it has not been tried on, all at
    /// once; a rotation that was running is superseded and its waiting work withdrawn.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown version.
    public func beginRotation(
        to version: Int, isForced: Bool, at now: Date, events: [EventRecord] = []
    ) throws -> RotationRecord {
        try atomically {
            let old = try queries.currentBase()?.version
            let time = try text(of: now, "the time of a rotation")
            try execute(
                """
                UPDATE rotations SET state = 'superseded', finished_at = ? WHERE state = 'running'
                """, [time])
            try promoteBase(version)
            try execute(
                """
                INSERT INTO rotations (old_version, new_version, state, is_forced, cube_count,
                    started_at) VALUES (?, ?, 'running', ?, 0, ?)
                """, [old == version ? nil : old, version, isForced, time])
            let id = database.lastInsertedRowID
            try plan(rotation: id, version: version, at: now)
            try recordEvents(events)
            _ = try finishRotationIfDone(at: now)
            return try queries.rotation(id)
        }
    }

    /// Queues what a rotation that was cancelled, or cut short otherwise, has left to do.
    public func resumeRotation(
        _ id: Int64, at now: Date, events: [EventRecord] = []
    ) throws -> RotationRecord {
        try atomically {
            let rotation = try queries.rotation(id)
            try execute(
                "UPDATE rotations SET state = 'running', finished_at = NULL WHERE id = ?", [id])
            try plan(rotation: id, version: rotation.newVersion, at: now)
            try recordEvents(events)
            _ = try finishRotationIfDone(at: now)
            return try queries.rotation(id)
        }
    }

    /// Withdraws the waiting work of the running rotation; what it has switched stays. Returns the
    /// rotation, or nil where none is running.
    public func cancelRotation(at now: Date) throws -> RotationRecord? {
        try atomically {
            guard let running = try queries.latestRotation(), running.state == .running else {
                return nil
            }
            let time = try text(of: now, "the time of a rotation")
            try execute(
                "UPDATE rotations SET state = 'cancelled', finished_at = ? WHERE id = ?",
                [time, running.id])
            try withdrawEncodingWork([.again], at: time)
            return try queries.rotation(running.id)
        }
    }

    /// Takes a rotation back: every cube that it switched is decoded from its former encoding
    /// again, and the base network before it is current. A cube whose first latent it made keeps
    /// that. An earlier rotation that it had superseded goes on.
    ///
    /// - Returns: the number of cubes that were switched back.
    /// - Throws: ``CatalogError/invalidRecord(subject:reason:)`` where nothing was current before
    ///   it, or it is not the latest.
    public func rollBack(
        _ rotation: RotationRecord, at now: Date, events: [EventRecord] = []
    ) throws -> Int {
        guard let old = rotation.oldVersion, try queries.latestRotation()?.id == rotation.id else {
            throw CatalogError.invalidRecord(
                subject: "the rollback of rotation \(rotation.id)",
                reason: "it cannot be taken back")
        }
        return try atomically {
            let time = try text(of: now, "the time of a rollback")
            try withdrawEncodingWork(EncodingWork.allCases, at: time)
            let count = try switchBack(rotation.id)
            try execute(
                "UPDATE rotations SET state = 'rolled-back', finished_at = ? WHERE id = ?",
                [time, rotation.id])
            let earlier = try queries.latestRotation()
            var states: [Int: BaseNetworkState] = [rotation.newVersion: .retired, old: .current]
            if let before = earlier?.oldVersion, before != old, before != rotation.newVersion,
                try queries.bases().contains(where: { $0.version == before })
            {
                states[before] = .previous
            }
            try setBaseStates(states)
            if let earlier, earlier.state == .superseded {
                _ = try resumeRotation(earlier.id, at: now)
            }
            try recordEvents(events)
            return count
        }
    }

    /// Ends the running rotation where nothing is left to do for it; returns it then.
    public func finishRotationIfDone(at now: Date) throws -> RotationRecord? {
        guard let running = try queries.latestRotation(), running.state == .running else {
            return nil
        }
        let left = try queries.fetchFirst(
            """
            SELECT 1 AS one FROM jobs
            WHERE state IN ('queued', 'running') AND kind IN ('encode', 'reencode')
                AND json_extract(payload, '$.rotation') = ? LIMIT 1
            """, [running.id]
        ) { try $0.integer("one") }
        guard left == nil else { return nil }
        try execute(
            "UPDATE rotations SET state = 'done', finished_at = ? WHERE id = ?",
            [try text(of: now, "the time of a rotation"), running.id])
        return try queries.rotation(running.id)
    }

    /// Queues the first encoding of cubes that have no latent at all and were neither tried against
    /// this base network nor are waiting for it. Returns their number.
    @discardableResult
    public func planNewCubes(base version: Int, at now: Date) throws -> Int {
        let sql = """
            INSERT INTO jobs (kind, subject, state, priority, attempt_count, created_at,
                available_at, payload)
            SELECT 'encode', lower(hex(digest)), 'queued', 10, 0, ?1, ?1, json_object('base', ?2)
            FROM cubes
            WHERE exact_blob IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM encodings WHERE cube = cubes.id
                    AND (is_current = 1 OR (base_version = ?2 AND outcome = 'rejected')))
                AND NOT EXISTS (SELECT 1 FROM jobs AS other
                    WHERE other.kind = 'encode' AND other.subject = lower(hex(cubes.digest))
                        AND other.state IN ('queued', 'running', 'failed'))
            ORDER BY id
            """
        return try execute(sql, [try text(of: now, "the time of a job"), version])
    }

    /// Withdraws what waits, then queues every cube with exact samples whose latent is not from
    /// this base network and that it was not tried on.
    private func plan(rotation: Int64, version: Int, at now: Date) throws {
        let time = try text(of: now, "the time of a job")
        try withdrawEncodingWork(EncodingWork.allCases, at: time)
        try execute(
            "DELETE FROM jobs WHERE state = 'failed' AND kind IN ('encode', 'reencode')",
            StatementArguments())
        let sql = """
            INSERT INTO jobs (kind, subject, state, priority, attempt_count, created_at,
                available_at, payload)
            SELECT iif(former, 'reencode', 'encode'), subject, 'queued', iif(former, 0, 10), 0, ?1,
                ?1, json_object('base', ?2, 'rotation', ?3)
            FROM (
                SELECT cubes.id, lower(hex(digest)) AS subject, EXISTS (SELECT 1 FROM encodings
                    WHERE cube = cubes.id AND is_current = 1) AS former
                FROM cubes
                WHERE exact_blob IS NOT NULL AND NOT EXISTS (SELECT 1 FROM encodings
                    WHERE cube = cubes.id AND base_version = ?2
                        AND (is_current = 1 OR outcome = 'rejected')))
            ORDER BY id
            """
        let count = try execute(sql, [time, version, rotation])
        try execute("UPDATE rotations SET cube_count = ? WHERE id = ?", [count, rotation])
    }

    private func withdrawEncodingWork(_ kinds: [EncodingWork], at time: String) throws {
        for kind in kinds {
            try execute(
                """
                UPDATE jobs SET state = 'cancelled', finished_at = ?
                WHERE state = 'queued' AND kind = ?
                """, [time, kind.rawValue])
        }
    }

    private func switchBack(_ rotation: Int64) throws -> Int {
        try execute(
            """
            UPDATE encodings SET is_current = 0
            WHERE is_current = 1 AND cube IN (SELECT cube FROM flips WHERE rotation = ?)
            """, [rotation])
        let count = try execute(
            """
            UPDATE encodings SET is_current = 1
            WHERE (cube, base_version) IN (SELECT cube, old_version FROM flips WHERE rotation = ?)
            """, [rotation])
        try execute("DELETE FROM flips WHERE rotation = ?", [rotation])
        return count
    }
}
