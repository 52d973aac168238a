import Archive
import Basics
import Catalog
import Foundation
import Logging
import Synchronization

/// What the daemon does between drops: answers requests, queues new cubes for their latents, and
/// collects what nothing refers to. Longer work has threads of its own.
final class Upkeep: Sendable {
    private struct State {
        /// The newest cube and the base network that were there when cubes were last queued.
        var plannedCubeNumber = -1
        var plannedBase: Int?
        var collectsAt: Date
    }

    /// The archive is left alone this long after the start, apart from drops and requests.
    private static let firstCollectionSeconds = 300.0
    private static let key = "upkeep"
    private let writer: ArchiveWriter
    private let board: ProgressBoard
    private let logger: Logger
    private let stop: StopToken
    private let isHurried: Bool
    private let queue: EncodingQueue
    private let latents: LatentWork
    private let background: BackgroundWork
    private let state: Mutex<State>
    private let threads: Mutex<[BackgroundThread]>

    /// - Parameter isHurried: whether the daemon ends when nothing is left to do.
    init(
        writer: ArchiveWriter, workers: IngestWorkers, board: ProgressBoard, logger: Logger,
        stop: StopToken, isHurried: Bool, fatal: @escaping @Sendable (any Error) -> Never
    ) throws {
        self.writer = writer
        self.board = board
        self.logger = logger
        self.stop = stop
        self.isHurried = isHurried
        queue = EncodingQueue(writer)
        let latents = LatentWork(writer: writer, board: board, logger: logger, stop: stop)
        let background = try BackgroundWork(
            writer: writer, workers: workers, board: board, logger: logger, stop: stop,
            isHurried: isHurried)
        self.latents = latents
        self.background = background
        state = Mutex(
            State(collectsAt: Date().addingTimeInterval(Self.firstCollectionSeconds)))
        threads = Mutex([])
        // One that ends when nothing is left to do must not wait for room for ever.
        func thread(
            isLowered: Bool, _ doOne: @escaping @Sendable (_ begin: () -> Void) throws -> Bool
        ) -> BackgroundThread {
            BackgroundThread(
                isLowered: isLowered, waitsForRoom: !isHurried, stop: stop, fatal: fatal,
                doOne: doOne)
        }
        let own = thread(isLowered: false) { [self] in try doOne($0) }
        let others = [
            thread(isLowered: true) { try latents.doOne($0) },
            thread(isLowered: true) { try background.doOne($0) },
        ]
        threads.withLock { $0 = [own] + others }
    }

    /// Starts the threads.
    func start() { for thread in threads.withLock({ $0 }) { thread.start() } }

    /// Waits until the threads have seen the stop request and left.
    func join() {
        for thread in threads.withLock({ $0 }) { thread.join() }
        threads.withLock { $0 = [] }
    }

    /// Whether there is something to do or being done.
    func hasWork() throws -> Bool {
        if threads.withLock({ $0 }).contains(where: \.isBusy) { return true }
        if try nextTask() != nil || background.hasWork() { return true }
        // Last, because whatever the threads were doing may have queued something.
        let catalog = writer.archive.catalog
        if threads.withLock({ $0 }).contains(where: \.isBusy) { return true }
        return try (EncodingWork.allCases.map(\.rawValue) + [Rotator.jobKind]).contains {
            try catalog.isWaiting($0)
        }
    }

    private enum Task {
        case request(identity: String, ArchiveRequest)
        case plan(cubeNumber: Int, base: Int)
        case collect
    }

    /// What to do next, the most urgent first; nil where there is nothing.
    private func nextTask() throws -> Task? {
        let catalog = writer.archive.catalog
        if let (identity, request) = try RequestSpool(writer.archive.layout).pending().first {
            return .request(identity: identity, request)
        }
        if let base = try catalog.currentBase()?.version {
            let number = try catalog.highestCubeNumber()
            let isPlanned = state.withLock {
                $0.plannedCubeNumber == number && $0.plannedBase == base
            }
            if !isPlanned { return .plan(cubeNumber: number, base: base) }
        }
        let isDue = !isHurried && state.withLock { $0.collectsAt } <= Date()
        return writer.archive.settings.deletion.automatic && isDue ? .collect : nil
    }

    /// Does one task; returns whether there was one.
    private func doOne(_ begin: () -> Void) throws -> Bool {
        guard let task = try nextTask() else { return false }
        begin()
        defer { board.clear(Self.key) }
        switch task {
        case .request(let identity, let request): try answer(identity, request)
        case .plan(let cubeNumber, let base):
            try queue.planNewCubes()
            state.withLock {
                $0.plannedCubeNumber = cubeNumber
                $0.plannedBase = base
            }
        case .collect: try collect()
        }
        return true
    }

    private func answer(_ identity: String, _ request: ArchiveRequest) throws {
        let show: ProgressSink = { [board] in board.show($0, under: Self.key) }
        let handler = RequestHandler(writer, leavesEncodingToQueue: true)
        let reply = try background.whileSuspended {
            try handler.reply(to: request, stop: stop, progress: show)
        }
        try RequestSpool(writer.archive.layout).answer(identity, reply)
    }

    private func collect() throws {
        let interval = writer.archive.settings.deletion.intervalHours * 3600
        state.withLock { $0.collectsAt = Date().addingTimeInterval(interval) }
        do {
            let report = try Collector(writer).collect(stop: stop)
            let count = report.items.filter(\.isDue).count
            logger.info("collected \(count) things of \(report.dueByteCount) bytes")
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            // The next try is an interval away, whatever is wrong.
            logger.error("the collection failed: \(error.description)")
        }
    }
}
