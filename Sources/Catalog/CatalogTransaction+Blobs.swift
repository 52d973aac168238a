import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// States blobs that are safely on disk. A known one's sizes are brought up to date.
    public func addBlobs(_ blobs: [BlobRecord]) throws {
        let sql = """
            INSERT INTO blobs (digest, kind, content_byte_count, stored_byte_count, chunk_count,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (digest) DO UPDATE SET stored_byte_count = excluded.stored_byte_count,
                chunk_count = excluded.chunk_count
            """
        guard !blobs.isEmpty else { return }
        try atomically {
            for blob in blobs {
                let createdAt = try text(of: blob.createdAt, "blob \(blob.digest)")
                try execute(
                    sql,
                    [
                        blob.digest.column, blob.kind, blob.contentByteCount,
                        blob.storedByteCount, blob.chunkCount, createdAt,
                    ])
            }
        }
    }

    /// Forgets blobs, before their files are removed; unknown ones are passed over.
    ///
    /// - Throws: ``CatalogError/refused(path:reason:)`` where a cube, source file or base network
    ///   still refers to one of them; then none is forgotten.
    public func removeBlobs(_ digests: some Sequence<SHA256Digest>) throws {
        try atomically {
            for digest in digests {
                try execute("DELETE FROM blobs WHERE digest = ?", [digest.column])
            }
        }
    }
}
