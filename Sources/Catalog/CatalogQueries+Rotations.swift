import Basics
import Foundation
internal import GRDB

extension CatalogQueries {
    private static let rotationColumns = """
        SELECT id, old_version, new_version, state, is_forced, cube_count, started_at, finished_at
        FROM rotations
        """

    /// Every rotation, the latest first; at most `limit`, nil for all.
    public func rotations(limit: Int? = nil) throws -> [RotationRecord] {
        let sql = Self.rotationColumns + " ORDER BY id DESC LIMIT ?"
        return try fetch(sql, [limit.map { max(0, $0) } ?? -1], rotation)
    }

    /// The rotation that a rollback would undo: the latest that was not rolled back.
    public func latestRotation() throws -> RotationRecord? {
        let sql =
            Self.rotationColumns + " WHERE state <> 'rolled-back' ORDER BY id DESC LIMIT 1"
        return try fetchFirst(sql, StatementArguments(), rotation)
    }

    /// One rotation.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``.
    public func rotation(_ id: Int64) throws -> RotationRecord {
        guard let found = try fetchFirst(Self.rotationColumns + " WHERE id = ?", [id], rotation)
        else { throw CatalogError.notFound(kind: "rotation", name: String(id)) }
        return found
    }

    /// Cubes that a rotation has switched, a cube's first latent not counted.
    public func flipCount(ofRotation id: Int64) throws -> Int {
        let sql = "SELECT count(*) AS count FROM flips WHERE rotation = ?"
        return try fetchFirst(sql, [id]) { try $0.integer("count") } ?? 0
    }

    /// Waiting and running work that gives cubes latents, by kind.
    public func encodingWorkCounts() throws -> [EncodingWork: Int] {
        let sql = """
            SELECT kind, count(*) AS count FROM jobs
            WHERE state IN ('queued', 'running') AND kind IN ('encode', 'reencode') GROUP BY kind
            """
        return Dictionary(
            uniqueKeysWithValues: try fetch(sql) { row in
                (try row.choice("kind", of: EncodingWork.self), try row.integer("count"))
            })
    }

    /// Whether such work waits for a worker now.
    public func isWaiting(_ kind: String, at now: Date) throws -> Bool {
        let sql = """
            SELECT 1 AS one FROM jobs WHERE state = 'queued' AND kind = ? AND available_at <= ?
            LIMIT 1
            """
        return try fetchFirst(sql, [kind, CatalogTime.text(of: now)]) { try $0.integer("one") }
            != nil
    }

    /// Number of jobs of one kind in each state; every state has an entry.
    public func jobCounts(kind: String) throws -> [JobState: Int] {
        let sql = "SELECT state, count(*) AS count FROM jobs WHERE kind = ? GROUP BY state"
        let pairs = try fetch(sql, [kind]) { row in
            (try row.choice("state", of: JobState.self), try row.integer("count"))
        }
        return Dictionary(JobState.allCases.map { ($0, 0) } + pairs) { _, last in last }
    }

    /// A number that grows with every cube that is added; 0 for an empty catalog.
    public func highestCubeNumber() throws -> Int {
        try fetchFirst("SELECT coalesce(max(id), 0) AS id FROM cubes") { try $0.integer("id") }
            ?? 0
    }

    /// The latest trial of a base network, or of any; nil where it was never tried.
    public func latestTrial(of version: Int? = nil) throws -> TrialRecord? {
        let sql = """
            SELECT version, against_version, at, outcome, reference_psnr_decibels, report
            FROM trials WHERE ?1 IS NULL OR version = ?1 ORDER BY id DESC LIMIT 1
            """
        return try fetchFirst(sql, [version]) { row in
            TrialRecord(
                version: try row.integer("version"),
                againstVersion: try row.optionalInteger("against_version"),
                at: try row.time("at"), outcome: try row.choice("outcome", of: TrialOutcome.self),
                referencePSNRDecibels: try row.optionalReal("reference_psnr_decibels"),
                report: try row.text("report"))
        }
    }

    /// What has arrived after a moment, and how well a base network encodes it.
    public func intake(since moment: Date, base version: Int?) throws -> CubeIntakeTotals {
        let sql = """
            SELECT count(*) AS cubes, coalesce(sum(source_byte_count), 0) AS bytes,
                count(psnr_decibels) AS encoded, avg(psnr_decibels) AS psnr
            FROM cubes
            LEFT JOIN encodings ON encodings.cube = cubes.id AND is_current = 1
                AND base_version = ?
            WHERE ingested_at > ?
            """
        let totals = try fetchFirst(sql, [version, CatalogTime.text(of: moment)]) { row in
            CubeIntakeTotals(
                cubeCount: try row.integer("cubes"), sourceByteCount: try row.integer("bytes"),
                encodedCubeCount: try row.integer("encoded"),
                meanPSNRDecibels: try row.optionalReal("psnr"))
        }
        guard let totals else { preconditionFailure("a sum over all rows has one row") }
        return totals
    }

    /// The mean part, 0 to 1, of their bands that a base network does not know, over the latest 256
    /// cubes that arrived after a moment, have exact samples to learn from and are decoded with it;
    /// nil where there are none. A band without a wavelength is unknown where its index is.
    ///
    /// - Parameters:
    ///   - wavelengthNanometers: the wavelengths that the network knows; nil for none.
    ///   - outputCount: the number of bands without wavelengths that it knows.
    public func uncoveredBandShare(
        since moment: Date, base version: Int, wavelengthNanometers: ClosedRange<Double>?,
        outputCount: Int
    ) throws -> Double? {
        let sql = """
            SELECT avg(share) AS share FROM (
                SELECT (SELECT avg(iif(wavelength_nanometers IS NULL, band_index >= ?1,
                        wavelength_nanometers NOT BETWEEN ?2 AND ?3))
                    FROM bands WHERE cube = cubes.id) AS share
                FROM cubes
                WHERE ingested_at > ?4 AND exact_blob IS NOT NULL AND EXISTS (
                    SELECT 1 FROM encodings
                    WHERE cube = cubes.id AND is_current = 1 AND base_version = ?5)
                ORDER BY ingested_at DESC LIMIT 256)
            """
        // No number lies between the largest and the smallest.
        let (low, high) =
            wavelengthNanometers.map { ($0.lowerBound, $0.upperBound) }
            ?? (.greatestFiniteMagnitude, -.greatestFiniteMagnitude)
        return try fetchFirst(
            sql, [outputCount, low, high, CatalogTime.text(of: moment), version]
        ) { try $0.optionalReal("share") } ?? nil
    }

    private func rotation(_ row: Row) throws -> RotationRecord {
        RotationRecord(
            id: Int64(try row.integer("id")), oldVersion: try row.optionalInteger("old_version"),
            newVersion: try row.integer("new_version"),
            state: try row.choice("state", of: RotationState.self),
            isForced: try row.boolean("is_forced"), cubeCount: try row.integer("cube_count"),
            startedAt: try row.time("started_at"),
            finishedAt: try row.optionalTime("finished_at"))
    }
}
