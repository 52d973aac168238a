import Basics
import Cube
import Foundation
internal import GRDB

extension CatalogQueries {
    private static let summaryColumns = """
        encodings.id, cubes.digest, base_version, outcome, is_current, created_at, encode_seconds,
        psnr_decibels, mean_squared_error, encodings.maximum_absolute_error,
        mean_spectral_angle_degrees, valid_sample_count, encodings.grid,
        length(latent) AS latent_byte_count
        """
    private static let joined = "FROM encodings JOIN cubes ON cubes.id = encodings.cube"

    /// The encoding that a cube is decoded from; nil where it has none or is unknown.
    public func currentEncoding(of cube: SHA256Digest) throws -> EncodingRecord? {
        try encoding("cubes.digest = ? AND is_current = 1", [Data(cube.bytes)])
    }

    /// A cube's accepted or rejected encoding against one base network; nil where there is none.
    public func encoding(of cube: SHA256Digest, base version: Int) throws -> EncodingRecord? {
        try encoding("cubes.digest = ? AND base_version = ?", [Data(cube.bytes), version])
    }

    /// All encodings of a cube, the newest base network's first.
    public func encodings(of cube: SHA256Digest) throws -> [EncodingSummary] {
        let sql = """
            SELECT \(Self.summaryColumns) \(Self.joined)
            WHERE cubes.digest = ? ORDER BY base_version DESC
            """
        return try fetch(sql, [Data(cube.bytes)], summary)
    }

    /// The current encodings of all cubes, ordered by cube ID: what a report sums up.
    public func currentEncodings() throws -> [EncodingSummary] {
        let sql = """
            SELECT \(Self.summaryColumns) \(Self.joined)
            WHERE is_current = 1 ORDER BY cubes.digest
            """
        return try fetch(sql, StatementArguments(), summary)
    }

    /// All encodings against one base network, accepted or rejected, ordered by cube ID.
    public func encodings(base version: Int) throws -> [EncodingSummary] {
        let sql = """
            SELECT \(Self.summaryColumns) \(Self.joined)
            WHERE base_version = ? ORDER BY cubes.digest
            """
        return try fetch(sql, [version], summary)
    }

    /// What a rotation has left to do: cubes that have exact samples, are not decoded with this
    /// base network and were not turned down for it. Oldest in the archive first; at most `limit`,
    /// nil for all.
    public func cubesNeedingEncoding(base version: Int, limit: Int? = nil) throws -> [SHA256Digest]
    {
        let sql = """
            SELECT digest FROM cubes
            WHERE exact_blob IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM encodings WHERE cube = cubes.id AND base_version = ?
                    AND (is_current = 1 OR outcome = 'rejected'))
            ORDER BY id LIMIT ?
            """
        return try fetch(sql, [version, limit.map { max(0, $0) } ?? -1]) {
            try $0.digest("digest")
        }
    }

    /// Cubes that have no accepted encoding against this base network, whether or not it was tried:
    /// those that a rollback to it would leave as they are. Oldest in the archive first.
    public func cubesWithoutEncoding(base version: Int) throws -> [SHA256Digest] {
        let sql = """
            SELECT digest FROM cubes
            WHERE NOT EXISTS (
                SELECT 1 FROM encodings
                WHERE cube = cubes.id AND base_version = ? AND outcome = 'accepted')
            ORDER BY id
            """
        return try fetch(sql, [version]) { try $0.digest("digest") }
    }

    /// Cubes that cannot be decoded from a latent at all. Oldest in the archive first.
    public func cubesWithoutCurrentEncoding() throws -> [SHA256Digest] {
        let sql = """
            SELECT digest FROM cubes
            WHERE NOT EXISTS (SELECT 1 FROM encodings WHERE cube = cubes.id AND is_current = 1)
            ORDER BY id
            """
        return try fetch(sql) { try $0.digest("digest") }
    }

    private func encoding(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> EncodingRecord? {
        let sql = "SELECT \(Self.summaryColumns), latent \(Self.joined) WHERE \(condition)"
        return try fetchFirst(sql, arguments) { row in
            EncodingRecord(summary: try summary(row), latent: try row.bytes("latent"))
        }
    }

    private func summary(_ row: Row) throws -> EncodingSummary {
        EncodingSummary(
            id: Int64(try row.integer("id")), cubeID: try row.digest("digest"),
            baseVersion: try row.integer("base_version"),
            outcome: try row.choice("outcome", of: EncodingOutcome.self),
            isCurrent: try row.boolean("is_current"), createdAt: try row.time("created_at"),
            encodeSeconds: try row.real("encode_seconds"),
            quality: ReconstructionQuality(
                meanSquaredError: try row.real("mean_squared_error"),
                psnrDecibels: try row.optionalReal("psnr_decibels"),
                maximumAbsoluteError: try row.real("maximum_absolute_error"),
                meanSpectralAngleDegrees: try row.optionalReal("mean_spectral_angle_degrees"),
                validSampleCount: try row.integer("valid_sample_count")),
            grid: try row.optionalText("grid"),
            latentByteCount: try row.integer("latent_byte_count"))
    }
}
