import Basics
import BlobStore
import Catalog
import Foundation

/// Deletes what nothing refers to, in two phases: it is marked, and deleted once it has been marked
/// for the time of grace and still nothing refers to it.
///
/// Invariants: whether something is needed is decided in the transaction that forgets it, while no
/// cube is on its way in; files go after their rows. A crash in between leaves files that nothing
/// refers to, which are marked already.
public struct Collector: Sendable {
    let writer: ArchiveWriter

    /// A collector of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    private var settings: Settings { writer.archive.settings }

    /// Marks what nothing refers to and deletes what has been marked for long enough.
    ///
    /// - Parameter graceDays: how long; nil takes the setting.
    /// - Throws: file and catalog errors; what was deleted before stays deleted.
    public func collect(
        graceDays: Double? = nil, stop: StopToken = StopToken()
    ) throws -> CollectionReport {
        let grace = graceDays ?? settings.deletion.graceDays
        let now = writer.now()
        _ = try writer.catalog.batch {
            try $0.forgetFlips(endedBefore: writer.archive.rollbackLimit(at: now))
        }
        try mark(at: now)
        try writer.operations.reached(RotationStep.collectionMarked)
        var report = try writer.archive.collectible(graceDays: grace, at: now)
        report.isDryRun = false
        let due = Set(report.items.filter(\.isDue).map(\.key))
        let marks = try writer.archive.catalog.collectionMarks().filter { due.contains($0.key) }
        try deleteRows(marks.filter { $0.kind == .encoding })
        try deleteBases(marks.filter { $0.kind == .base })
        try deleteBlobs(marks.filter { $0.kind == .blob }, stop)
        try DiskReserve(writer.archive.layout).restore(
            byteCount: settings.deletion.reserveMebibytes << 20)
        return report
    }

    /// First phase: what is unneeded now gets a mark, what is needed again loses it.
    private func mark(at now: Date) throws {
        let unneeded = try writer.archive.unneeded(at: now)
        let known = try writer.archive.catalog.collectionMarks()
        let (keys, knownKeys) = (Set(unneeded.map(\.key)), Set(known.map(\.key)))
        let fresh = unneeded.filter { !knownKeys.contains($0.key) }
        let stale = known.filter { !keys.contains($0.key) }
        if fresh.isEmpty && stale.isEmpty { return }
        try writer.catalog.batch { change in
            try change.unmark(stale)
            try change.mark(fresh)
            try change.recordEvents(fresh.map { event(.mark, $0) })
        }
    }

    private func deleteRows(_ marks: [CollectionMark]) throws {
        if marks.isEmpty { return }
        try writer.catalog.batch { change in
            let still = Set(try change.queries.unneededEncodings().map(\.object))
            for mark in marks where still.contains(mark.object) {
                guard let (cube, version) = mark.encoding else { continue }
                try change.deleteEncoding(of: cube, base: version)
                try change.recordEvent(event(.delete, mark))
            }
            try change.unmark(marks)
        }
        try writer.operations.reached(RotationStep.encodingsDeleted)
    }

    /// A network's row and encodings go at once; its blob, which nothing refers to then, with them.
    private func deleteBases(_ marks: [CollectionMark]) throws {
        let archive = writer.archive
        let kept = try archive.basesKeptForTraining()
        for mark in marks {
            guard let version = Int(mark.object) else { continue }
            try writer.intakes.whileNoneIsOpen {
                let blob = try writer.catalog.batch { change -> CollectionMark? in
                    let unneeded = try change.queries.unneededBases(
                        keeping: kept, rollbackLimit: archive.rollbackLimit(at: writer.now()))
                    try change.unmark([mark])
                    guard let base = unneeded.first(where: { $0.version == version }) else {
                        return nil
                    }
                    if base.state != .retired { try change.setBaseStates([version: .retired]) }
                    try change.removeBase(version, events: [event(.delete, mark)])
                    guard try !change.queries.referencedBlobs().contains(base.blob) else {
                        return nil
                    }
                    let blobMark = CollectionMark(
                        kind: .blob, object: base.blob.hexadecimal, markedAt: mark.markedAt,
                        byteCount: base.storedByteCount)
                    try change.mark([blobMark])
                    try change.removeBlobs([base.blob])
                    return blobMark
                }
                try writer.operations.reached(RotationStep.collectionForgotten)
                if let blob { try deleteFiles([blob]) }
            }
        }
    }

    private func deleteBlobs(_ marks: [CollectionMark], _ stop: StopToken) throws {
        for batch in marks.chunks(ofAtMost: 64) {
            try stop.check()
            try writer.intakes.whileNoneIsOpen {
                let unneeded = try writer.catalog.batch { change in
                    let needed = try change.queries.referencedBlobs()
                    let unneeded = batch.filter { mark in
                        mark.blob.map { !needed.contains($0) } ?? false
                    }
                    try change.removeBlobs(unneeded.compactMap(\.blob))
                    try change.unmark(batch.filter { !unneeded.contains($0) })
                    return unneeded
                }
                try writer.operations.reached(RotationStep.collectionForgotten)
                try deleteFiles(unneeded)
            }
        }
    }

    /// Second phase for files whose rows are gone; one that is gone already is only noted.
    private func deleteFiles(_ marks: [CollectionMark]) throws {
        for name in marks.compactMap(\.blob) where writer.archive.blobs.contains(name) {
            try writer.archive.blobs.remove(name)
        }
        try writer.operations.reached(RotationStep.collectionDeleted)
        try writer.catalog.batch { change in
            try change.unmark(marks)
            try change.recordEvents(marks.map { event(.delete, $0) })
        }
    }

    private func event(_ action: ArchiveAction, _ mark: CollectionMark) -> EventRecord {
        var figures = ["byteCount": Double(mark.byteCount)]
        switch mark.kind {
        case .blob:
            return writer.event(action, .blob(mark.object), figures: figures)
        case .base:
            figures["version"] = Double(mark.object)
            return writer.event(action, .base(Int(mark.object) ?? 0), figures: figures)
        case .encoding:
            figures["version"] = mark.encoding.map { Double($0.version) }
            let object = mark.encoding.map { EventObject.cube($0.cube) } ?? .blob(mark.object)
            return writer.event(
                action, object, message: "its encoding that is no longer used", figures: figures)
        }
    }
}

extension CollectionMark {
    /// The blob that the mark is about; nil for other marks.
    var blob: SHA256Digest? { kind == .blob ? SHA256Digest(hexadecimal: object) : nil }

    /// The encoding that the mark is about; nil for other marks.
    var encoding: (cube: SHA256Digest, version: Int)? {
        let parts = object.split(separator: "/")
        guard kind == .encoding, parts.count == 2, let version = Int(parts[1]),
            let cube = SHA256Digest(hexadecimal: String(parts[0]))
        else { return nil }
        return (cube, version)
    }
}

extension Array {
    /// The elements in runs of at most `count`.
    fileprivate func chunks(ofAtMost count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map {
            self[$0..<Swift.min($0 + count, self.count)]
        }
    }
}
