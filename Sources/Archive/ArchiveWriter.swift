import Basics
import BlobStore
import Catalog
import Foundation

/// An archive opened for changing: holds the writer lock for its whole life.
///
/// Opening it repairs what a crash left: temporaries are removed and jobs that were running are
/// queued again. The disk reserve is made where it is missing and there is room.
public final class ArchiveWriter: Sendable {
    /// The archive itself; its catalog is the writer's, so it sees every change at once.
    public let archive: Archive
    /// The only connection that writes.
    public let catalog: CatalogWriter
    /// The clock that events and records are stamped with.
    let now: @Sendable () -> Date
    /// The file-system calls that durability depends on.
    let operations: FileOperations
    /// Keeps deletions of blobs apart from cubes on their way in.
    let intakes = IntakeGate()
    private let lock: ArchiveLock

    /// Opens an archive for changing.
    ///
    /// - Throws: ``ArchiveError/noArchive(folder:)``, ``ArchiveError/writerBusy(folder:holder:)``,
    ///   and what the settings, catalog or blob store throw.
    public init(
        opening folder: String, operations: FileOperations = .real,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        let layout = ArchiveLayout(folder: folder)
        let marker = try ArchiveMarker.read(layout)
        lock = try ArchiveLock(layout)
        try DiskReserve(layout).giveUpWhereNeeded()
        for path in layout.folders {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }
        catalog = try CatalogWriter(path: layout.catalog) {
            try DiskReserve(layout).giveUpWhereNeeded()
        }
        archive = try Archive(
            layout: layout, marker: marker, settings: Settings.load(for: layout),
            catalog: catalog, operations: operations)
        self.now = now
        self.operations = operations
        _ = try archive.blobs.removeAbandonedTemporaries()
        try removeScratchFiles()
        try DiskReserve(layout).restore(
            byteCount: archive.settings.deletion.reserveMebibytes << 20)
    }

    /// Removes files that an interrupted ingest left in work/.
    private func removeScratchFiles() throws {
        let folder = archive.layout.work
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(".part") {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// Records that a drop was set aside.
    public func recordFailedDrop(_ path: String, reason: String) throws {
        try record(.ingest, .drop(path), outcome: .failed, message: reason)
    }

    /// Records what happened to what.
    func record(
        _ action: ArchiveAction, _ object: EventObject, outcome: EventOutcome = .done,
        message: String? = nil, figures: [String: Double] = [:]
    ) throws {
        try catalog.recordEvent(
            event(action, object, outcome: outcome, message: message, figures: figures))
    }

    /// An event stamped now, for a transaction that records it with what it did.
    func event(
        _ action: ArchiveAction, _ object: EventObject, outcome: EventOutcome = .done,
        message: String? = nil, figures: [String: Double] = [:]
    ) -> EventRecord {
        EventRecord(
            at: now(), action: action.rawValue, objectKind: object.kind,
            objectID: object.identity, outcome: outcome, message: message, figures: figures)
    }
}
