import Basics
import Foundation

/// Does what requests ask, through the same code as the commands themselves.
public struct RequestHandler: Sendable {
    let writer: ArchiveWriter
    private let leavesEncodingToQueue: Bool

    /// A handler for one archive.
    ///
    /// - Parameter leavesEncodingToQueue: whether a rotation only queues its cubes, for a process
    ///   that works the queue anyway.
    public init(_ writer: ArchiveWriter, leavesEncodingToQueue: Bool = false) {
        self.writer = writer
        self.leavesEncodingToQueue = leavesEncodingToQueue
    }

    /// Does one request and returns its report as JSON.
    public func perform(
        _ request: ArchiveRequest, stop: StopToken, progress: ProgressSink?
    ) throws -> String {
        switch request {
        case .train(
            let timeLimit, let iterationLimit, let seed, let initial, let family, let startsAfresh):
            var options = TrainingOptions()
            options.timeLimitSeconds = timeLimit
            options.iterationLimit = iterationLimit
            options.seed = seed
            options.initialVersion = initial
            options.family = family
            options.startsAfresh = startsAfresh
            return try JSONCoding.line(
                BaseTrainer(writer).train(options, stop: stop, progress: progress))
        case .rotate(let version, let force):
            let rotator = Rotator(writer)
            return try JSONCoding.line(
                leavesEncodingToQueue
                    ? rotator.begin(to: version, force: force, stop: stop, progress: progress)
                    : rotator.rotate(to: version, force: force, stop: stop, progress: progress))
        case .cancelRotation:
            return try JSONCoding.line(Rotator(writer).cancel())
        case .collect(let graceDays):
            return try JSONCoding.line(Collector(writer).collect(graceDays: graceDays, stop: stop))
        case .rollback:
            return try JSONCoding.line(Rotator(writer).rollback())
        case .importBase(let path, let family):
            return try JSONCoding.line(
                BaseStore(writer).importNetwork(from: path, family: family))
        case .label(let change):
            return try JSONCoding.line(LabelEditor(writer).apply(change))
        }
    }

    /// Does one request and turns its outcome into a reply; interruption goes on up, so that the
    /// request is done again after a restart.
    public func reply(
        to request: ArchiveRequest, stop: StopToken, progress: ProgressSink?
    ) throws -> ArchiveReply {
        do {
            let report = try perform(request, stop: stop, progress: progress)
            return ArchiveReply(report: report, error: nil, exitStatus: 0)
        } catch BasicsError.stopped {
            throw BasicsError.stopped
        } catch let error as any CubevaultError {
            return ArchiveReply(
                report: nil, error: error.description, exitStatus: error.exitStatus.rawValue)
        }
    }
}
