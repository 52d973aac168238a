import Archive
import Basics
import Catalog
import Foundation
import Logging
import Synchronization

/// A bounded set of threads that take drops from the work queue.
///
/// Ingesting blocks on disks, so it never runs on Swift's cooperative pool.
final class IngestWorkers: Sendable {
    private struct State {
        var busyCount = 0
        var postponedUntil = Date.distantPast
        var lastIngestAt = Date()
    }

    private let intake: DropIntake
    private let workerCount: Int
    private let stop: StopToken
    private let fatal: @Sendable (any Error) -> Never
    private let threads = Mutex<[BackgroundThread]>([])
    private let state = Mutex(State())
    private static let pauseSeconds = 30.0

    init(
        intake: DropIntake, workerCount: Int, stop: StopToken,
        fatal: @escaping @Sendable (any Error) -> Never
    ) {
        self.intake = intake
        self.workerCount = workerCount
        self.stop = stop
        self.fatal = fatal
    }

    /// Starts the threads.
    func start() {
        threads.withLock { threads in
            threads = (1...workerCount).map { number in
                BackgroundThread(
                    isLowered: false, idleMicroseconds: 100_000, stop: stop, fatal: fatal
                ) { [self] _ in try takeOne(as: "worker \(number)") }
            }
            for thread in threads { thread.start() }
        }
    }

    /// Waits until every thread has seen the stop request and left.
    func join() {
        for thread in threads.withLock({ $0 }) { thread.join() }
        threads.withLock { $0 = [] }
    }

    /// Whether a worker has a drop in hand.
    var areBusy: Bool { state.withLock { $0.busyCount > 0 } }

    /// Whether the archive could take nothing and the workers pause.
    var arePostponed: Bool { state.withLock { $0.postponedUntil > Date() } }

    /// When a worker last finished a drop, or when the workers were made.
    var lastIngestAt: Date { state.withLock { $0.lastIngestAt } }

    /// Takes one job; returns whether there was one.
    private func takeOne(as key: String) throws -> Bool {
        let claimed = try state.withLock { state -> JobRecord? in
            guard state.postponedUntil <= Date() else { return nil }
            guard let job = try intake.writer.catalog.claim(kinds: [DropJob.kind]) else {
                return nil
            }
            state.busyCount += 1
            return job
        }
        guard let job = claimed else { return false }
        defer {
            state.withLock { state in
                state.busyCount -= 1
                state.lastIngestAt = Date()
            }
        }
        switch try intake.perform(job, key: key, stop: stop) {
        case .settled: break
        case .postponed(let reason):
            intake.logger.error("waiting \(Self.pauseSeconds) s: \(reason)")
            try intake.writer.catalog.fail(
                job.id, error: reason, retryAt: Date().addingTimeInterval(Self.pauseSeconds))
            state.withLock { $0.postponedUntil = Date().addingTimeInterval(Self.pauseSeconds) }
        }
        return true
    }
}
