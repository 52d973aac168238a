import Basics
import Cube
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Makes a new encoding a cube's current one; the former stays, no longer current. A former
    /// encoding against the same base network is replaced. Returns the encoding's number.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown cube,
    ///   ``CatalogError/refused(path:reason:)`` for an unknown base network or an empty latent,
    ///   ``CatalogError/invalidRecord(subject:reason:)`` for measured values that are not numbers.
    @discardableResult
    public func flipEncoding(
        of cube: SHA256Digest, to encoding: NewEncoding, events: [EventRecord] = []
    ) throws -> Int64 {
        try atomically {
            let row = try queries.requiredCubeRow(cube)
            try execute(
                "UPDATE encodings SET is_current = 0 WHERE cube = ? AND is_current = 1", [row])
            try insert(
                encoding, outcome: .accepted, isCurrent: true, cube: row, whereReplaced: "")
            try recordEvents(events)
            return try encodingNumber(row, encoding.baseVersion)
        }
    }

    /// Records that a cube was encoded against a base network and that the result was turned down,
    /// so that it is not tried again. The latent may be left empty. An accepted encoding against
    /// the same base network stays as it is.
    ///
    /// - Throws: As ``flipEncoding(of:to:events:)``.
    public func rejectEncoding(
        of cube: SHA256Digest, _ encoding: NewEncoding, events: [EventRecord] = []
    ) throws {
        try atomically {
            let row = try queries.requiredCubeRow(cube)
            try insert(
                encoding, outcome: .rejected, isCurrent: false, cube: row,
                whereReplaced: "WHERE encodings.outcome = 'rejected'")
            try recordEvents(events)
        }
    }

    /// Deletes all encodings against a base network that is no longer used. Returns their number.
    ///
    /// - Throws: ``CatalogError/baseInUse(version:cubeCount:)`` where one of them is current.
    @discardableResult
    public func deleteEncodings(baseVersion: Int) throws -> Int {
        try requireUnused(baseVersion)
        try execute("DELETE FROM trials WHERE version = ?", [baseVersion])
        return try execute("DELETE FROM encodings WHERE base_version = ?", [baseVersion])
    }

    /// Requires that no current encoding needs a base network.
    func requireUnused(_ baseVersion: Int) throws {
        let sql = """
            SELECT count(*) AS count FROM encodings WHERE base_version = ? AND is_current = 1
            """
        let count = try queries.fetchFirst(sql, [baseVersion]) { try $0.integer("count") } ?? 0
        guard count == 0 else {
            throw CatalogError.baseInUse(version: baseVersion, cubeCount: count)
        }
    }

    /// Writes an encoding; `whereReplaced` is the condition on which one against the same base
    /// network is replaced.
    func insert(
        _ encoding: NewEncoding, outcome: EncodingOutcome, isCurrent: Bool, cube: Int,
        whereReplaced: String
    ) throws {
        let quality = encoding.quality
        let subject = "an encoding against base network \(encoding.baseVersion)"
        try requireNumbers(
            [
                encoding.encodeSeconds, quality.meanSquaredError, quality.maximumAbsoluteError,
                quality.psnrDecibels ?? 0, quality.meanSpectralAngleDegrees ?? 0,
            ], subject)
        let sql = """
            INSERT INTO encodings (cube, base_version, outcome, is_current, created_at,
                encode_seconds, psnr_decibels, mean_squared_error, maximum_absolute_error,
                mean_spectral_angle_degrees, valid_sample_count, grid, latent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (cube, base_version) DO UPDATE SET
                outcome = excluded.outcome, is_current = excluded.is_current,
                created_at = excluded.created_at, encode_seconds = excluded.encode_seconds,
                psnr_decibels = excluded.psnr_decibels,
                mean_squared_error = excluded.mean_squared_error,
                maximum_absolute_error = excluded.maximum_absolute_error,
                mean_spectral_angle_degrees = excluded.mean_spectral_angle_degrees,
                valid_sample_count = excluded.valid_sample_count, grid = excluded.grid,
                latent = excluded.latent
            \(whereReplaced)
            """
        try execute(
            sql,
            [
                cube, encoding.baseVersion, outcome.rawValue, isCurrent,
                try text(of: encoding.createdAt, subject), encoding.encodeSeconds,
                quality.psnrDecibels, quality.meanSquaredError, quality.maximumAbsoluteError,
                quality.meanSpectralAngleDegrees, quality.validSampleCount,
                encoding.grid, Data(encoding.latent),
            ])
    }

    private func encodingNumber(_ cube: Int, _ baseVersion: Int) throws -> Int64 {
        let sql = "SELECT id FROM encodings WHERE cube = ? AND base_version = ?"
        let number = try queries.fetchFirst(sql, [cube, baseVersion]) { try $0.integer("id") }
        guard let number else { preconditionFailure("an encoding that was written has a number") }
        return Int64(number)
    }
}
