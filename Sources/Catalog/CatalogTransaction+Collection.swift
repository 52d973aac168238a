import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Marks things as unneeded; one that is marked already keeps its date.
    public func mark(_ marks: [CollectionMark]) throws {
        try atomically {
            for mark in marks {
                try execute(
                    """
                    INSERT INTO collection_marks (kind, object, marked_at, byte_count)
                    VALUES (?, ?, ?, ?) ON CONFLICT (kind, object) DO NOTHING
                    """,
                    [
                        mark.kind.rawValue, mark.object,
                        try text(of: mark.markedAt, "the time of a mark"), mark.byteCount,
                    ])
            }
        }
    }

    /// Takes marks away: of things that are needed again, or that are gone.
    public func unmark(_ marks: some Sequence<CollectionMark>) throws {
        for mark in marks {
            try execute(
                "DELETE FROM collection_marks WHERE kind = ? AND object = ?",
                [mark.kind.rawValue, mark.object])
        }
    }

    /// Forgets how to take back rotations that ended before a moment; what they had put aside can
    /// be collected then, and the former network is no longer the one to go back to. Returns the
    /// number of cubes concerned.
    @discardableResult
    public func forgetFlips(endedBefore moment: Date) throws -> Int {
        let old = "state <> 'running' AND finished_at < ?"
        let time = try text(of: moment, "the end of a time of grace")
        return try atomically {
            let count = try execute(
                "DELETE FROM flips WHERE rotation IN (SELECT id FROM rotations WHERE \(old))",
                [time])
            try execute(
                """
                UPDATE base_networks SET state = 'retired' WHERE state = 'previous'
                    AND version NOT IN (SELECT old_version FROM rotations
                        WHERE old_version IS NOT NULL AND NOT (\(old)))
                """, [time])
            return count
        }
    }

    /// Deletes one encoding that its cube is not decoded from and that no rollback returns to.
    ///
    /// - Throws: ``CatalogError/refused(path:reason:)`` where a rollback would need it.
    public func deleteEncoding(of cube: SHA256Digest, base version: Int) throws {
        try execute(
            """
            DELETE FROM encodings WHERE base_version = ? AND is_current = 0
                AND cube = (SELECT id FROM cubes WHERE digest = ?)
            """, [version, cube.column])
    }
}
