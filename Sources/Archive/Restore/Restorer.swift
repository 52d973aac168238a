import Basics
import BlobStore
import Catalog
import Cube
import CubeFiles
import Foundation

/// Gives cubes back: as they came, or parts of them in another format.
public struct Restorer: Sendable {
    let archive: Archive

    /// A restorer of one archive.
    public init(_ archive: Archive) { self.archive = archive }

    /// Restores a cube or part of it to files.
    ///
    /// - Throws: ``ArchiveError`` where the archive cannot give what was asked, and what reading,
    ///   decoding or writing throws; no target file is left half-written.
    public func restore(
        _ id: SHA256Digest, _ request: RestoreRequest, stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> RestoreReport {
        let started = ContinuousClock.now
        let cube = try archive.catalog.cube(id)
        let outputs = OutputFiles(replaces: request.replaces)
        let job = RestoreJob(
            archive: archive, cube: cube, request: request, outputs: outputs, stop: stop,
            progress: progress)
        do {
            var report = try job.run()
            report.seconds = (ContinuousClock.now - started).seconds
            return report
        } catch {
            outputs.discard()
            throw error
        }
    }
}
