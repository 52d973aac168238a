import Archive
import Basics
import Catalog
import Foundation
import Logging

/// Gives new cubes their first latents, at low priority but at any hour.
final class LatentWork: Sendable {
    private static let key = "latents"
    private let writer: ArchiveWriter
    private let queue: EncodingQueue
    private let board: ProgressBoard
    private let logger: Logger
    private let stop: StopToken

    init(writer: ArchiveWriter, board: ProgressBoard, logger: Logger, stop: StopToken) {
        self.writer = writer
        self.board = board
        self.logger = logger
        self.stop = stop
        queue = EncodingQueue(writer)
    }

    /// Encodes the next cube; returns whether there was one.
    func doOne(_ begin: () -> Void) throws -> Bool {
        guard try writer.archive.catalog.isWaiting(EncodingWork.first.rawValue) else {
            return false
        }
        begin()
        defer { board.clear(Self.key) }
        let report = try queue.performNext([.first], stop: stop) { [board] in
            board.show($0, under: Self.key)
        }
        if let report { logger.log(report) }
        return report != nil
    }
}

extension Logger {
    /// Says what became of a cube's latent.
    func log(_ report: EncodingReport) {
        let reason = report.reason.map { ": " + $0 } ?? ""
        let level: Level = report.outcome == .failed ? .error : .debug
        log(level: level, "\(report.name): \(report.outcome.rawValue)\(reason)")
    }
}
