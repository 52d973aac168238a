import Basics
import Catalog
import Foundation

/// How an archive is doing; its keys are part of the JSON interface.
public struct ArchiveStatus: Sendable, Codable {
    /// The archive folder.
    public var folder: String
    /// Who holds the writer lock; nil where nobody does.
    public var writer: String?
    /// Cubes in the catalog.
    public var cubeCount: Int
    /// Samples of all cubes.
    public var sampleCount: Int
    /// Bytes of all source files.
    public var sourceByteCount: Int
    /// Stored bytes of all exact samples.
    public var exactByteCount: Int
    /// Bytes of all current latents.
    public var latentByteCount: Int
    /// Bytes of all base networks.
    public var baseByteCount: Int
    /// Stored bytes of all blobs.
    public var blobByteCount: Int
    /// The current base network; nil until the first has been trained.
    public var currentBase: Int?
    /// Cubes whose latent is pending.
    public var pendingLatentCount: Int
    /// The latest rotation; nil where there was none.
    public var rotation: RotationStatus?
    /// The latest trial of a base network; nil where there was none.
    public var trial: TrialStatus?
    /// Why background work pauses, `hours` or `load`; nil where it does not.
    public var pauseReason: String?
    /// Entries of the work queue by state.
    public var jobs: [String: Int]
    /// Drops that failed and wait in failed/.
    public var failedDropCount: Int
    /// What is being done now.
    public var progress: [ProgressEntry]
}

extension Archive {
    /// How the archive is doing.
    public func status() throws -> ArchiveStatus {
        let figures = try catalog.statistics()
        let base = try catalog.currentBase()?.version
        let pending = try base.map { try catalog.cubesNeedingEncoding(base: $0).count }
        let failed = try FileManager.default.contentsOfDirectory(atPath: layout.failed)
        let writer = ArchiveLock.currentHolder(layout)
        let board = writer == nil ? nil : try ProgressBoard.content(in: layout)
        return ArchiveStatus(
            folder: layout.folder, writer: writer, cubeCount: figures.cubeCount,
            sampleCount: figures.sampleCount, sourceByteCount: figures.sourceByteCount,
            exactByteCount: figures.exactStoredByteCount, latentByteCount: figures.latentByteCount,
            baseByteCount: figures.baseStoredByteCount, blobByteCount: figures.blobStoredByteCount,
            currentBase: base, pendingLatentCount: pending ?? figures.cubeCount,
            rotation: try rotationStatus(),
            trial: try catalog.latestTrial().map { TrialStatus(try TrialReport($0)) },
            pauseReason: board?.pauseReason,
            jobs: Dictionary(
                uniqueKeysWithValues: try catalog.jobCounts().map { ($0.key.rawValue, $0.value) }),
            failedDropCount: failed.filter { $0.hasSuffix(FailedDrop.reasonSuffix) }.count,
            progress: board?.entries ?? [])
    }
}
