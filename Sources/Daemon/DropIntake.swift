import Archive
import Basics
import Catalog
import CubeFiles
import Foundation
import Logging

/// One complete drop in the work queue, as its job's payload says it.
struct DropJob: Codable {
    /// One file of the drop as the scan saw it that found it complete.
    struct File: Codable {
        var path: String
        var byteCount: Int
        var modifiedNanoseconds: Int
        var inode: UInt
    }

    /// Kind of the job in the work queue.
    static let kind = "ingest"

    /// The file to ingest.
    var path: String
    /// Every file of the drop.
    var files: [File]
}

/// Takes complete drops into the archive, gives up their sources, and sets failures aside.
///
/// Invariant: a source leaves the watch folder only after its cube is committed, and only if it is
/// still the file that was archived.
struct DropIntake: Sendable {
    let writer: ArchiveWriter
    let board: ProgressBoard
    let logger: Logger

    /// What became of a job.
    enum Outcome {
        /// The drop is in the archive, was there before, or was set aside.
        case settled
        /// The archive cannot take anything at present, such as on a full disk: try again later.
        case postponed(reason: String)
    }

    /// Does one job of the queue.
    ///
    /// - Throws: ``BasicsError/stopped``, after which the job runs again at the next start, and
    ///   ``BasicsError/syncFailed(path:errorNumber:)``, which must end the process.
    func perform(_ job: JobRecord, key: String, stop: StopToken) throws -> Outcome {
        let drop = try JSONCoding.decoder.decode(DropJob.self, from: Data(job.payload.utf8))
        defer { board.clear(key) }
        do {
            let report = try Ingestor(writer).ingest(
                IngestRequest(path: drop.path, collection: collection(of: drop.path)), stop: stop,
                progress: { [board] in board.show($0, under: key) })
            try giveUp(drop)
            try writer.catalog.finish(job.id)
            logger.info(
                "\(report.outcome == .added ? "archived" : "already archived") \(report.name)",
                metadata: ["id": "\(report.id.hexadecimal.prefix(12))"])
            return .settled
        } catch let error as any CubevaultError {
            return try handle(error, drop, job)
        }
    }

    private func handle(
        _ error: any CubevaultError, _ drop: DropJob, _ job: JobRecord
    ) throws -> Outcome {
        switch error {
        case BasicsError.stopped, BasicsError.syncFailed: throw error
        case BasicsError.fileOperationFailed(_, _, let errorNumber)
        where Self.isAboutTheArchive(errorNumber):
            return .postponed(reason: error.description)
        case CatalogError.diskFull: return .postponed(reason: error.description)
        case ArchiveError.sourceChanged:
            try writer.catalog.finish(job.id)
            return .settled
        default:
            logger.error("\(drop.path): \(error.description)")
            try FailedDrops(writer.archive.layout).add(
                drop.files.map(\.path), reason: error.description)
            try writer.catalog.fail(job.id, error: error.description)
            try writer.recordFailedDrop(drop.path, reason: error.description)
            return .settled
        }
    }

    /// Removes the sources of an archived drop; a file that was replaced meanwhile stays.
    private func giveUp(_ drop: DropJob) throws {
        for file in drop.files {
            guard let now = ListedFile(examining: file.path) else { continue }
            let isSame =
                now.byteCount == file.byteCount && now.inode == file.inode
                && now.modifiedNanoseconds == file.modifiedNanoseconds
            if isSame { try FileOperations.real.remove(file.path) }
        }
    }

    /// A drop in a sub-folder of the watch folder goes into the collection of that name.
    private func collection(of path: String) -> String? {
        let prefix = writer.archive.layout.ingest + "/"
        let relative = path.dropFirst(prefix.count).split(separator: "/")
        return relative.count > 1 ? relative.dropLast().joined(separator: "/") : nil
    }

    private static func isAboutTheArchive(_ errorNumber: Int32) -> Bool {
        [ENOSPC, EDQUOT, EROFS, EMFILE, ENFILE, ENOMEM].contains(errorNumber)
    }
}
