import Basics
import Foundation
internal import GRDB

/// A cube's new encoding is written beside the old one, and made current, or turned down, by a
/// second transaction: a crash in between costs nothing but that second step.
extension CatalogTransaction {
    /// Writes a verified encoding beside a cube's current one. One against the same base network
    /// that is current, or that a rollback returns to, stays as it is.
    ///
    /// - Throws: As ``flipEncoding(of:to:events:)``.
    public func stageEncoding(of cube: SHA256Digest, _ encoding: NewEncoding) throws {
        try atomically {
            try insert(
                encoding, outcome: .accepted, isCurrent: false,
                cube: try queries.requiredCubeRow(cube),
                whereReplaced: """
                    WHERE encodings.is_current = 0 AND NOT EXISTS (SELECT 1 FROM flips
                        WHERE flips.cube = encodings.cube
                            AND flips.old_version = encodings.base_version)
                    """)
        }
    }

    /// Makes an encoding that was staged the cube's current one. Within a rotation the former one
    /// is noted, so that a rollback finds it.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` where nothing was staged.
    public func flipToStaged(
        of cube: SHA256Digest, base version: Int, rotation: Int64?, events: [EventRecord] = []
    ) throws {
        try atomically {
            let row = try queries.requiredCubeRow(cube)
            let old = try queries.currentEncoding(of: cube)?.baseVersion
            try execute(
                "UPDATE encodings SET is_current = 0 WHERE cube = ? AND is_current = 1", [row])
            let count = try execute(
                """
                UPDATE encodings SET is_current = 1
                WHERE cube = ? AND base_version = ? AND outcome = 'accepted'
                """, [row, version])
            guard count == 1 else { throw notStaged(cube, version) }
            if let rotation, let old, old != version {
                try execute(
                    """
                    INSERT INTO flips (rotation, cube, old_version) VALUES (?, ?, ?)
                    ON CONFLICT (rotation, cube) DO NOTHING
                    """, [rotation, row, old])
            }
            try recordEvents(events)
        }
    }

    /// Turns an encoding that was staged down, so that it is not tried again.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` where nothing was staged.
    public func rejectStaged(
        of cube: SHA256Digest, base version: Int, events: [EventRecord] = []
    ) throws {
        try atomically {
            let count = try execute(
                """
                UPDATE encodings SET outcome = 'rejected'
                WHERE cube = ? AND base_version = ? AND is_current = 0
                """, [try queries.requiredCubeRow(cube), version])
            guard count == 1 else { throw notStaged(cube, version) }
            try recordEvents(events)
        }
    }

    /// Records what became of a candidate at the gate.
    public func addTrial(_ trial: TrialRecord, events: [EventRecord] = []) throws {
        let subject = "the trial of base \(trial.version)"
        try atomically {
            try requireJSON(trial.report, subject)
            try requireNumbers([trial.referencePSNRDecibels ?? 0], subject)
            try execute(
                """
                INSERT INTO trials (version, against_version, at, outcome,
                    reference_psnr_decibels, report) VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    trial.version, trial.againstVersion, try text(of: trial.at, subject),
                    trial.outcome.rawValue, trial.referencePSNRDecibels, trial.report,
                ])
            try recordEvents(events)
        }
    }

    private func notStaged(_ cube: SHA256Digest, _ version: Int) -> CatalogError {
        .notFound(kind: "encoding", name: "\(cube) against base \(version)")
    }
}
