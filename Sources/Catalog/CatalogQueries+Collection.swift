import Basics
import Foundation
internal import GRDB

extension CatalogQueries {
    /// Everything that is marked, the longest first.
    public func collectionMarks() throws -> [CollectionMark] {
        let sql = """
            SELECT kind, object, marked_at, byte_count FROM collection_marks
            ORDER BY marked_at, kind, object
            """
        return try fetch(sql) { row in
            CollectionMark(
                kind: try row.choice("kind", of: CollectionMark.Kind.self),
                object: try row.text("object"), markedAt: try row.time("marked_at"),
                byteCount: try row.integer("byte_count"))
        }
    }

    /// Base networks that nothing needs: out of use, or passed over as candidates, and no cube is
    /// decoded with them, no rollback returns to them and no job is about them.
    ///
    /// - Parameters:
    ///   - kept: versions that something outside the catalog needs.
    ///   - limit: rotations that ended since can be taken back.
    public func unneededBases(
        keeping kept: Set<Int>, rollbackLimit limit: Date
    ) throws -> [BaseNetworkRecord] {
        let needed = try fetch(
            """
            SELECT base_version AS version FROM encodings WHERE is_current = 1
            UNION SELECT old_version FROM flips
            UNION SELECT old_version FROM rotations
                WHERE state <> 'rolled-back' AND (finished_at IS NULL OR finished_at >= ?)
            UNION SELECT json_extract(payload, '$.base') FROM jobs
                WHERE state IN ('queued', 'running') AND kind IN ('encode', 'reencode', 'rotate')
            """, [CatalogTime.text(of: limit)]
        ) { try $0.optionalInteger("version") }
        let current = try currentBase()?.version ?? 0
        let keptVersions = kept.union(needed.compactMap(\.self))
        return try bases().filter { base in
            let isOut =
                base.state == .retired || (base.state == .candidate && base.version < current)
            return isOut && !keptVersions.contains(base.version)
        }
    }

    /// Encodings that their cubes are not decoded from, that no rollback returns to, and that no
    /// job is about, against networks other than the current one and the candidates: there a
    /// rotation would look for them.
    public func unneededEncodings() throws -> [CollectionMark] {
        let sql = """
            SELECT lower(hex(cubes.digest)) || '/' || base_version AS object,
                length(latent) AS bytes, encodings.created_at AS made
            FROM encodings
            JOIN cubes ON cubes.id = encodings.cube
            JOIN base_networks ON base_networks.version = encodings.base_version
            WHERE is_current = 0 AND state IN ('previous', 'retired')
                AND NOT EXISTS (SELECT 1 FROM flips WHERE flips.cube = encodings.cube
                    AND flips.old_version = encodings.base_version)
                AND NOT EXISTS (SELECT 1 FROM jobs
                    WHERE jobs.state IN ('queued', 'running')
                        AND kind IN ('encode', 'reencode', 'rotate')
                        AND json_extract(payload, '$.base') = encodings.base_version)
            ORDER BY encodings.id
            """
        return try fetch(sql) { row in
            CollectionMark(
                kind: .encoding, object: try row.text("object"), markedAt: try row.time("made"),
                byteCount: try row.integer("bytes"))
        }
    }
}
