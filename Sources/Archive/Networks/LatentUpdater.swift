import Basics
import Catalog

/// Gives new cubes their first latents, by hand: what the daemon does through the same queue.
public struct LatentUpdater: Sendable {
    let writer: ArchiveWriter

    /// An updater of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Encodes every cube that has no latent against the current base network.
    ///
    /// - Returns: a report per cube; empty where there is no current base network.
    public func encodePending(
        stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> [EncodingReport] {
        let queue = EncodingQueue(writer)
        try queue.planNewCubes()
        return try queue.drain([.first], stop: stop, progress: progress)
    }
}

extension EncodingQueue {
    /// Does all waiting jobs of some kinds.
    func drain(
        _ kinds: [EncodingWork] = EncodingWork.allCases, stop: StopToken, progress: ProgressSink?
    ) throws -> [EncodingReport] {
        var reports: [EncodingReport] = []
        let total = try kinds.reduce(0) {
            $0 + (try writer.archive.catalog.encodingWorkCounts()[$1] ?? 0)
        }
        while true {
            try stop.check()
            progress?(
                ProgressReport(
                    activity: "encoding", subject: "cubes", completedCount: reports.count,
                    totalCount: total, unit: "cubes"))
            guard let report = try performNext(kinds, stop: stop, progress: progress) else {
                return reports
            }
            reports.append(report)
        }
    }
}
