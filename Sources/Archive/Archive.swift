import Basics
import BlobStore
import Catalog
import Foundation

/// An archive opened for reading: any number of processes may do so, beside one writer.
///
/// Commands that change the archive go through ``ArchiveWriter``.
public final class Archive: Sendable {
    /// The archive's paths.
    public let layout: ArchiveLayout
    /// The archive's identity and version.
    public let marker: ArchiveMarker
    /// The archive's settings.
    public let settings: Settings
    /// What the archive knows.
    public let catalog: any CatalogReading
    /// What the archive holds.
    public let blobs: BlobStore

    /// Opens an existing archive for reading.
    ///
    /// - Throws: ``ArchiveError/noArchive(folder:)`` where the marker is missing, and what the
    ///   settings, catalog or blob store throw.
    public convenience init(opening folder: String) throws {
        let layout = ArchiveLayout(folder: folder)
        let marker = try ArchiveMarker.read(layout)
        let settings = try Settings.load(for: layout)
        try self.init(
            layout: layout, marker: marker, settings: settings,
            catalog: CatalogReader(path: layout.catalog))
    }

    init(
        layout: ArchiveLayout, marker: ArchiveMarker, settings: Settings,
        catalog: any CatalogReading, operations: FileOperations = .real
    ) throws {
        self.layout = layout
        self.marker = marker
        self.settings = settings
        self.catalog = catalog
        blobs = BlobStore(
            folder: layout.blobs, operations: operations,
            compressionLevel: Int32(settings.ingest.compressionLevel))
    }

    /// Makes a new archive in a new or empty folder and leaves it closed.
    ///
    /// The marker is written last, so a half-made archive is none.
    ///
    /// - Throws: ``ArchiveError/folderNotEmpty(folder:)`` and file errors.
    public static func create(at folder: String) throws {
        let layout = ArchiveLayout(folder: folder)
        let files = FileManager.default
        if files.fileExists(atPath: layout.folder) {
            guard try files.contentsOfDirectory(atPath: layout.folder).isEmpty else {
                throw ArchiveError.folderNotEmpty(folder: layout.folder)
            }
        }
        for path in layout.folders {
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try BlobStore.create(folder: layout.blobs)
        try Data(Settings.defaultFile.utf8).write(to: URL(filePath: layout.settings))
        try DiskReserve(layout).restore(
            byteCount: Settings.load(for: layout).deletion.reserveMebibytes << 20)
        try CatalogWriter(path: layout.catalog, creating: true).close()
        let marker = ArchiveMarker(
            formatVersion: ArchiveMarker.currentFormatVersion, identity: UUID(), createdAt: Date())
        try DurableFile.write(Array(try JSONCoding.encoder.encode(marker)), to: layout.marker)
    }
}
