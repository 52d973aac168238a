import Basics
import BlobStore
import Catalog
import Foundation

extension Archive {
    /// What a collection would mark and delete, changing nothing.
    ///
    /// - Parameter graceDays: how long something must have been marked; nil takes the setting.
    public func collectible(graceDays: Double? = nil, at now: Date = Date()) throws
        -> CollectionReport
    {
        let graceSeconds = (graceDays ?? settings.deletion.graceDays) * 86_400
        let marks = Dictionary(
            uniqueKeysWithValues: try catalog.collectionMarks().map { ($0.key, $0.markedAt) })
        let items = try unneeded(at: now).map { mark in
            let markedAt = marks[mark.key]
            let dueAt = (markedAt ?? now).addingTimeInterval(graceSeconds)
            return CollectionReport.Item(
                kind: mark.kind, name: mark.object, byteCount: mark.byteCount,
                markedAt: markedAt, dueAt: dueAt, isDue: dueAt <= now)
        }
        return CollectionReport(isDryRun: true, items: items)
    }

    /// Everything that nothing refers to, stamped with `now`.
    func unneeded(at now: Date) throws -> [CollectionMark] {
        let kept = try basesKeptForTraining()
        let limit = rollbackLimit(at: now)
        let names = try blobs.names()
        let (bases, encodings, referenced) = try catalog.read { queries in
            (
                try queries.unneededBases(keeping: kept, rollbackLimit: limit),
                try queries.unneededEncodings(), try queries.referencedBlobs()
            )
        }
        let files = try names.filter { !referenced.contains($0) }.compactMap { name in
            // A blob may go between the listing and this look at it.
            blobs.contains(name)
                ? CollectionMark(
                    kind: .blob, object: name.hexadecimal, markedAt: now,
                    byteCount: try blobs.storedByteCount(of: name)) : nil
        }
        let networks = bases.map {
            CollectionMark(
                kind: .base, object: String($0.version), markedAt: now,
                byteCount: $0.storedByteCount)
        }
        let rows = encodings.map {
            CollectionMark(
                kind: .encoding, object: $0.object, markedAt: now, byteCount: $0.byteCount)
        }
        return networks + rows + files
    }

    /// Rotations that ended before this can no longer be taken back.
    func rollbackLimit(at now: Date) -> Date {
        now.addingTimeInterval(-settings.rotation.graceDays * 86_400)
    }

    /// The base network that an interrupted training goes on from.
    func basesKeptForTraining() throws -> Set<Int> {
        Set([try TrainingPlan.saved(in: layout)?.initialVersion].compactMap(\.self))
    }
}
