import Archive
import Basics
import Catalog
import Foundation
import Logging
import Synchronization

/// What the daemon does between drops, on one thread of its own: answers requests, gives new cubes
/// their latents, and trains the first base network.
final class Upkeep: Sendable {
    private struct State {
        var isBusy = false
        /// Cubes there were when a training last failed: no second try before that changes.
        var failedAtCubeCount = -1
    }

    private let writer: ArchiveWriter
    private let workers: IngestWorkers
    private let board: ProgressBoard
    private let logger: Logger
    private let stop: StopToken
    private let isHurried: Bool
    private let fatal: @Sendable (any Error) -> Never
    private let group = DispatchGroup()
    private let state = Mutex(State())
    private static let key = "upkeep"

    /// - Parameter isHurried: whether an automatic training need not wait for a quiet time.
    init(
        writer: ArchiveWriter, workers: IngestWorkers, board: ProgressBoard, logger: Logger,
        stop: StopToken, isHurried: Bool, fatal: @escaping @Sendable (any Error) -> Never
    ) {
        self.writer = writer
        self.workers = workers
        self.board = board
        self.logger = logger
        self.stop = stop
        self.isHurried = isHurried
        self.fatal = fatal
    }

    /// Starts the thread.
    func start() {
        let thread = Thread { [self] in
            while !stop.isRequested {
                do {
                    if try !doOne() { usleep(200_000) }
                } catch BasicsError.stopped {
                    break
                } catch {
                    fatal(error)
                }
            }
            group.leave()
        }
        thread.stackSize = 8 << 20
        group.enter()
        thread.start()
    }

    /// Waits until the thread has seen the stop request and left.
    func join() { group.wait() }

    /// Whether there is something to do or being done.
    func hasWork() throws -> Bool {
        if state.withLock({ $0.isBusy }) { return true }
        return try nextTask() != nil
    }

    private enum Task {
        case request(identity: String, ArchiveRequest)
        case encode
        case trainFirst
        case rotateFirst
    }

    /// What to do next, the most urgent first; nil where there is nothing.
    private func nextTask() throws -> Task? {
        let catalog = writer.archive.catalog
        if let (identity, request) = try RequestSpool(writer.archive.layout).pending().first {
            return .request(identity: identity, request)
        }
        if let base = try catalog.currentBase() {
            return try catalog.cubesNeedingEncoding(base: base.version).isEmpty ? nil : .encode
        }
        guard writer.archive.settings.training.automatic else { return nil }
        if try catalog.bases().contains(where: { $0.state == .candidate }) { return .rotateFirst }
        return try isTimeToTrain() ? .trainFirst : nil
    }

    private func isTimeToTrain() throws -> Bool {
        let policy = writer.archive.settings.training
        let cubeCount = try writer.archive.catalog.statistics().cubeCount
        let quiet = Date().timeIntervalSince(workers.lastIngestAt)
        return cubeCount >= policy.firstAfterCubeCount && !workers.areBusy
            && (isHurried || quiet >= policy.quietSeconds)
            && state.withLock { $0.failedAtCubeCount } != cubeCount
    }

    /// Does one task; returns whether there was one.
    private func doOne() throws -> Bool {
        guard let task = try nextTask() else { return false }
        state.withLock { $0.isBusy = true }
        defer {
            state.withLock { $0.isBusy = false }
            board.clear(Self.key)
        }
        let show: ProgressSink = { [board] in board.show($0, under: Self.key) }
        switch task {
        case .request(let identity, let request):
            let reply = try RequestHandler(writer).reply(to: request, stop: stop, progress: show)
            try RequestSpool(writer.archive.layout).answer(identity, reply)
        case .encode, .rotateFirst:
            let report = try Rotator(writer).rotate(stop: stop, progress: show)
            logger.info(
                """
                base \(report.newVersion): \(report.flippedCubeCount) latents written, \
                \(report.keptCubeCount) kept
                """)
        case .trainFirst: try trainFirst(show)
        }
        return true
    }

    private func trainFirst(_ show: @escaping ProgressSink) throws {
        logger.info("training the first base network")
        do {
            let base = try BaseTrainer(writer).train(stop: stop, progress: show)
            logger.info("trained base \(base.version)")
        } catch BasicsError.stopped {
            throw BasicsError.stopped
        } catch let error as any CubevaultError {
            let cubeCount = try writer.archive.catalog.statistics().cubeCount
            state.withLock { $0.failedAtCubeCount = cubeCount }
            logger.error("the first training failed: \(error.description)")
        }
    }
}
