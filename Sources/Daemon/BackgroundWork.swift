import Archive
import Basics
import Catalog
import Foundation
import Logging
import Synchronization

/// What the daemon does when nothing else needs the machine: trains, tries candidates, re-encodes.
///
/// Training is interrupted, with a checkpoint, for a pause or for work that a command asks for, and
/// resumes on the same cubes afterwards.
final class BackgroundWork: Sendable {
    private struct State {
        var meter = LoadMeter()
        var pause: PauseReason?
        /// Commands that have the place to themselves.
        var suspensionCount = 0
        var isAtWork = false
        /// Cubes there were when a training failed, or what it made was turned down: no second try
        /// before that changes.
        var failedAtCubeCount = -1
        var decidedAt = Date.distantPast
    }

    private static let key = "background"
    /// Time between two looks at whether to train.
    private static let decisionSeconds = 5.0
    private let writer: ArchiveWriter
    private let workers: IngestWorkers
    private let board: ProgressBoard
    private let logger: Logger
    private let stop: StopToken
    private let isHurried: Bool
    private let queue: EncodingQueue
    private let pausePolicy: PausePolicy
    private let state = Mutex(State())

    /// - Parameter isHurried: whether it neither pauses nor rests nor waits for quiet.
    init(
        writer: ArchiveWriter, workers: IngestWorkers, board: ProgressBoard, logger: Logger,
        stop: StopToken, isHurried: Bool
    ) throws {
        self.writer = writer
        self.workers = workers
        self.board = board
        self.logger = logger
        self.stop = stop
        self.isHurried = isHurried
        queue = EncodingQueue(writer)
        pausePolicy = try PausePolicy(writer.archive.settings.background)
        // A former process may have left its own reason there.
        board.showPause(nil)
    }

    private enum Task {
        case rotate
        case reencode
        case train
    }

    /// Whether there is something to do.
    func hasWork() throws -> Bool { try nextTask() != nil }

    /// Does one task; returns whether there was one.
    func doOne(_ begin: () -> Void) throws -> Bool {
        guard !mustYield(), enter() else { return false }
        defer { leave() }
        guard let task = try nextTask() else { return false }
        begin()
        defer { board.clear(Self.key) }
        do {
            try perform(task)
        } catch BasicsError.stopped where !stop.isRequested {
            logger.info("background work was interrupted; it will go on")
        }
        return true
    }

    /// Runs what a command asked for while no background task is in hand.
    func whileSuspended<Result>(_ body: () throws -> Result) rethrows -> Result {
        state.withLock { $0.suspensionCount += 1 }
        defer { state.withLock { $0.suspensionCount -= 1 } }
        while state.withLock({ $0.isAtWork }) { usleep(20_000) }
        return try body()
    }

    private func enter() -> Bool {
        state.withLock { state in
            guard state.suspensionCount == 0 else { return false }
            state.isAtWork = true
            return true
        }
    }

    private func leave() { state.withLock { $0.isAtWork = false } }
}

/// Which task comes next, and doing it.
extension BackgroundWork {
    private func nextTask() throws -> Task? {
        let catalog = writer.archive.catalog
        if try catalog.isWaiting(Rotator.jobKind) { return .rotate }
        if try catalog.isWaiting(EncodingWork.again.rawValue) { return .reencode }
        guard writer.archive.settings.training.automatic else { return nil }
        if try catalog.currentBase() == nil,
            try catalog.bases().contains(where: { $0.state == .candidate })
        {
            return .rotate
        }
        return try isTimeToTrain() ? .train : nil
    }

    private func isTimeToTrain() throws -> Bool {
        let now = Date()
        let isDue = state.withLock { state in
            isHurried || now.timeIntervalSince(state.decidedAt) >= Self.decisionSeconds
        }
        guard isDue else { return false }
        state.withLock { $0.decidedAt = now }
        if try BaseTrainer(writer).isInterruptedByItself { return true }
        return try reasonToTrain() != nil
    }

    private func reasonToTrain() throws -> TrainingReason? {
        if workers.areBusy && isHurried { return nil }
        let facts = try writer.archive.trainingFacts()
        guard state.withLock({ $0.failedAtCubeCount }) != facts.cubeCount else { return nil }
        let quiet =
            isHurried ? .infinity : Date().timeIntervalSince(workers.lastIngestAt)
        return writer.archive.settings.training.reasonToTrain(
            facts, quietSeconds: workers.areBusy ? 0 : quiet)
    }

    private func perform(_ task: Task) throws {
        switch task {
        case .rotate: try rotate()
        case .reencode: try reencode()
        case .train: try train()
        }
    }

    /// A token for a task that makes way: set by a stop, a pause or a command.
    private func yielding(
        _ body: (StopToken, @escaping ProgressSink) throws -> Void
    ) throws {
        let token = StopToken()
        try body(token) { [self] report in
            board.show(report, under: Self.key)
            if stop.isRequested || mustYield() { token.request() }
        }
    }

    private func rotate() throws {
        let job = try writer.catalog.claim(kinds: [Rotator.jobKind])
        do {
            try yielding { token, show in
                let report = try Rotator(writer).begin(
                    to: job.flatMap { Int($0.subject) }, stop: token, progress: show)
                log(report)
                if report.isRefused { try rememberFailure() }
            }
            if let job { try writer.catalog.finish(job.id) }
        } catch BasicsError.stopped {
            if let job { try writer.catalog.fail(job.id, error: "interrupted", retryAt: Date()) }
            throw BasicsError.stopped
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            logger.error("the rotation failed: \(error.description)")
            if let job {
                try writer.catalog.fail(
                    job.id, error: error.description, retryAt: error.isFullDisk ? Date() : nil)
            }
            if error.isFullDisk { throw error }
            try rememberFailure()
        }
    }

    /// A training on the same cubes would end as the last one did.
    private func rememberFailure() throws {
        let cubeCount = try writer.archive.catalog.statistics().cubeCount
        state.withLock { $0.failedAtCubeCount = cubeCount }
    }

    private func log(_ report: RotationReport) {
        let objections = report.gate?.objections.joined(separator: "; ") ?? ""
        logger.info(
            report.isRefused
                ? "base \(report.newVersion) was refused: \(objections)"
                : "base \(report.newVersion) is current; \(report.pendingCubeCount) cubes to try")
    }

    private func reencode() throws {
        let began = Date()
        let report = try queue.performNext([.again], stop: stop) { [board] in
            board.show($0, under: Self.key)
        }
        if let report { logger.log(report) }
        rest(after: Date().timeIntervalSince(began))
    }

    /// Rests so that re-encoding works for its share of the time.
    private func rest(after worked: TimeInterval) {
        let share = writer.archive.settings.background.busyPercent / 100
        guard !isHurried, share < 1 else { return }
        let end = Date().addingTimeInterval(worked * (1 - share) / share)
        while Date() < end, !stop.isRequested, !isSuspended { usleep(50_000) }
    }

    private func train() throws {
        var options = TrainingOptions()
        options.isAutomatic = true
        options.initialVersion = try versionToTrainOn()
        let isResumed = try BaseTrainer(writer).isInterrupted
        let reason = try isResumed ? "resumed" : reasonToTrain()?.description
        options.reason = reason
        logger.info("training a base network: \(reason ?? "asked for")")
        do {
            try yielding { token, show in
                let base = try BaseTrainer(writer).train(options, stop: token, progress: show)
                logger.info("trained base \(base.version)")
            }
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            if error.isFullDisk { throw error }
            logger.error("the training failed: \(error.description)")
            // Its checkpoint would fail it again and again; begun afresh it may succeed.
            try BaseTrainer(writer).forgetInterrupted()
            if !isResumed { try rememberFailure() }
        }
    }

    /// The network to go on from; one that cannot be read is no reason not to train.
    private func versionToTrainOn() throws -> Int? {
        do {
            return try writer.archive.versionToTrainOn()
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            logger.error("training begins from nothing: \(error.description)")
            return nil
        }
    }
}

/// Making way for what is more urgent.
extension BackgroundWork {
    private var isSuspended: Bool { state.withLock { $0.suspensionCount > 0 } }

    private func mustYield() -> Bool {
        if isSuspended { return true }
        if isHurried { return false }
        let now = Date()
        let parts = Calendar.current.dateComponents([.hour, .minute], from: now)
        let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        let (old, new) = state.withLock { state in
            let old = state.pause
            state.pause = pausePolicy.reasonToPause(
                minuteOfDay: minute, otherLoadPercent: state.meter.otherLoadPercent(at: now),
                isPausedForLoad: old == .load)
            return (old, state.pause)
        }
        if old != new {
            logger.info(
                new.map { "background work pauses: \($0.rawValue)" } ?? "background work goes on")
            board.showPause(new?.rawValue)
        }
        return new != nil
    }
}
