import Basics
import Foundation
internal import GRDB

extension CatalogQueries {
    /// Every blob digest that a row refers to, once.
    private static let exactReferences = """
        SELECT exact_blob AS digest FROM cubes WHERE exact_blob IS NOT NULL
        UNION SELECT blob FROM source_files WHERE blob IS NOT NULL
        UNION SELECT prefix_blob FROM source_files WHERE prefix_blob IS NOT NULL
        UNION SELECT trailing_blob FROM source_files WHERE trailing_blob IS NOT NULL
        """

    /// Every blob that a cube, a source file or a base network refers to: what must never be
    /// collected.
    public func referencedBlobs() throws -> Set<SHA256Digest> {
        let sql = Self.exactReferences + " UNION SELECT blob FROM base_networks"
        return Set(try fetch(sql) { try $0.digest("digest") })
    }

    /// Every blob that the catalog knows, ordered by digest.
    public func allBlobs() throws -> [BlobRecord] {
        let sql = """
            SELECT digest, kind, content_byte_count, stored_byte_count, chunk_count, created_at
            FROM blobs ORDER BY digest
            """
        return try fetch(sql, StatementArguments(), blob)
    }

    /// One blob; nil where it is unknown.
    public func blob(_ digest: SHA256Digest) throws -> BlobRecord? {
        let sql = """
            SELECT digest, kind, content_byte_count, stored_byte_count, chunk_count, created_at
            FROM blobs WHERE digest = ?
            """
        return try fetchFirst(sql, [Data(digest.bytes)], blob)
    }

    /// What the archive holds and what it costs.
    public func statistics() throws -> CatalogStatistics {
        let sql = """
            SELECT
                (SELECT count(*) FROM cubes) AS cubes,
                (SELECT coalesce(sum(sample_count), 0) FROM cubes) AS samples,
                (SELECT coalesce(sum(source_byte_count), 0) FROM cubes) AS source_bytes,
                (SELECT coalesce(sum(stored_byte_count), 0) FROM blobs
                    WHERE digest IN (\(Self.exactReferences))) AS exact_bytes,
                (SELECT coalesce(sum(length(latent)), 0) FROM encodings
                    WHERE is_current = 1) AS latent_bytes,
                (SELECT coalesce(sum(length(latent)), 0) FROM encodings) AS kept_latent_bytes,
                (SELECT count(*) FROM encodings WHERE is_current = 1) AS encoded_cubes,
                (SELECT count(*) FROM base_networks) AS bases,
                (SELECT coalesce(sum(stored_byte_count), 0) FROM blobs
                    WHERE digest IN (SELECT blob FROM base_networks)) AS base_bytes,
                (SELECT count(*) FROM blobs) AS blobs,
                (SELECT coalesce(sum(stored_byte_count), 0) FROM blobs) AS blob_bytes
            """
        let statistics = try fetchFirst(sql) { row in
            CatalogStatistics(
                cubeCount: try row.integer("cubes"), sampleCount: try row.integer("samples"),
                sourceByteCount: try row.integer("source_bytes"),
                exactStoredByteCount: try row.integer("exact_bytes"),
                latentByteCount: try row.integer("latent_bytes"),
                keptLatentByteCount: try row.integer("kept_latent_bytes"),
                encodedCubeCount: try row.integer("encoded_cubes"),
                baseNetworkCount: try row.integer("bases"),
                baseStoredByteCount: try row.integer("base_bytes"),
                blobCount: try row.integer("blobs"),
                blobStoredByteCount: try row.integer("blob_bytes"))
        }
        guard let statistics else { preconditionFailure("a SELECT without FROM has one row") }
        return statistics
    }

    private func blob(_ row: Row) throws -> BlobRecord {
        BlobRecord(
            digest: try row.digest("digest"), kind: try row.text("kind"),
            contentByteCount: try row.integer("content_byte_count"),
            storedByteCount: try row.integer("stored_byte_count"),
            chunkCount: try row.integer("chunk_count"), createdAt: try row.time("created_at"))
    }
}
