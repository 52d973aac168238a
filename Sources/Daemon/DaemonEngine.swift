import Archive
import Basics
import Catalog
import CubeFiles
import Foundation
import Logging

/// The daemon's main loop: scans the watch folder and feeds the work queue.
///
/// The scan is the truth; inotify only makes it come sooner.
final class DaemonEngine {
    private let writer: ArchiveWriter
    private let logger: Logger
    private let notifier: ServiceNotifier
    private let stop: StopToken
    private let events: FolderEvents
    private let workers: IngestWorkers
    private let upkeep: Upkeep
    private let assessor = ScanAssessor()
    private let runsOnce: Bool
    private var tracker: DropTracker
    /// When the tracker was last asked. Files that have settled since wait for another scan,
    /// however long this one took.
    private var scannedAt = Date.distantPast
    private var reportedNames: Set<String> = []

    /// How long finished work stays in the queue's record; what happened to cubes is in events.
    private static let jobMemorySeconds = 30.0 * 86_400
    /// Least time between two scans, so that a storm of events does not become a storm of scans.
    private static let leastScanSeconds = 0.1

    private var settings: DaemonSettings { writer.archive.settings.daemon }
    private var folder: String { writer.archive.layout.ingest }

    init(
        writer: ArchiveWriter, logger: Logger, notifier: ServiceNotifier, stop: StopToken,
        runsOnce: Bool
    ) throws {
        self.writer = writer
        self.logger = logger
        self.notifier = notifier
        self.stop = stop
        self.runsOnce = runsOnce
        let board = ProgressBoard(writer.archive.layout)
        let fatal: @Sendable (any Error) -> Never = { error in
            logger.critical("stopping: \(error)")
            exit(ExitStatus.failed.rawValue)
        }
        workers = IngestWorkers(
            intake: DropIntake(writer: writer, board: board, logger: logger),
            workerCount: writer.archive.settings.ingest.workerCount, stop: stop, fatal: fatal)
        upkeep = try Upkeep(
            writer: writer, workers: workers, board: board, logger: logger, stop: stop,
            isHurried: runsOnce, fatal: fatal)
        tracker = DropTracker(
            settleSeconds: writer.archive.settings.daemon.settleSeconds,
            partnerTimeoutSeconds: writer.archive.settings.daemon.partnerTimeoutSeconds,
            assess: { [assessor] in assessor.assess($0) })
        events = try FolderEvents()
    }

    /// Runs until a stop is requested, or with `runsOnce` until nothing is left to do.
    func run() throws {
        workers.start()
        upkeep.start()
        defer {
            stop.request()
            notifier.stopping()
            workers.join()
            upkeep.join()
        }
        try writer.catalog.removeJobs(
            finishedBefore: Date().addingTimeInterval(-Self.jobMemorySeconds))
        logger.info("watching \(folder)")
        notifier.ready()
        while !stop.isRequested {
            try scan()
            if try runsOnce && isIdle() { return }
            try wait()
        }
    }

    private func scan() throws {
        let listing = try WatchFolderScan(of: folder)
        events.watch(listing.folders)
        for name in listing.unusableNames where reportedNames.insert(name).inserted {
            logger.error("\(name) has a name that is not UTF-8; rename it and it will be taken")
        }
        let known = Dictionary(uniqueKeysWithValues: listing.files.map { ($0.path, $0) })
        assessor.beginScan()
        var jobs: [DropJob] = []
        scannedAt = Date()
        for decision in tracker.observe(listing.files, at: scannedAt) {
            switch decision {
            case .take(let set): jobs.append(job(for: set, known))
            case .fail(let paths, let reason): try setAside(paths, reason)
            }
        }
        try enqueue(jobs)
        try tellStatus()
    }

    /// One commit for all drops of a scan, because every commit waits for the disk.
    private func enqueue(_ jobs: [DropJob]) throws {
        if jobs.isEmpty { return }
        let payloads = try jobs.map { try JSONCoding.line($0) }
        try writer.catalog.batch { change in
            for (job, payload) in zip(jobs, payloads) {
                try change.enqueue(
                    kind: DropJob.kind, subject: job.path, payload: payload, priority: 0, at: Date()
                )
            }
        }
    }

    private func job(for set: CubeFileSet, _ known: [String: ListedFile]) -> DropJob {
        let files = set.files.compactMap { known[$0.path] }.map {
            DropJob.File(
                path: $0.path, byteCount: $0.byteCount,
                modifiedNanoseconds: $0.modifiedNanoseconds, inode: $0.inode)
        }
        return DropJob(path: set.primaryPath, files: files)
    }

    private func setAside(_ paths: [String], _ reason: String) throws {
        logger.error("\(paths.joined(separator: ", ")): \(reason)")
        try FailedDrops(writer.archive.layout).add(paths, reason: reason)
        try writer.recordFailedDrop(paths[0], reason: reason)
    }

    private func isIdle() throws -> Bool {
        let counts = try writer.archive.catalog.jobCounts(kind: DropJob.kind)
        let waits = counts[.queued, default: 0] + counts[.running, default: 0]
        if tracker.nextSettling(after: scannedAt) != nil { return false }
        if workers.arePostponed { return true }
        return try waits == 0 && !workers.areBusy && !upkeep.hasWork()
    }

    /// Waits for an event, the next file to settle, or the next scan, in steps short enough for
    /// the watchdog and for a stop request.
    private func wait() throws {
        let period =
            MountKind(of: folder) == .network
            ? settings.networkPollSeconds : settings.rescanSeconds
        let now = Date()
        var deadline = now.addingTimeInterval(runsOnce ? 0.2 : period)
        if let settling = tracker.nextSettling(after: scannedAt) {
            deadline = min(deadline, settling.addingTimeInterval(0.01))
        }
        while !stop.isRequested, Date() < deadline {
            notifier.watchdog()
            let remaining = deadline.timeIntervalSinceNow
            let step = min(remaining, notifier.watchdogSeconds ?? 0.5, 0.5)
            if events.wait(milliseconds: Int32(max(1, step * 1000))) {
                usleep(UInt32(Self.leastScanSeconds * 1e6))
                return
            }
        }
    }

    private func tellStatus() throws {
        let figures = try writer.archive.catalog.statistics()
        let counts = try writer.archive.catalog.jobCounts(kind: DropJob.kind)
        notifier.status(
            "\(figures.cubeCount) cubes archived, \(counts[.queued, default: 0]) drops queued, "
                + "\(counts[.running, default: 0]) in hand")
    }
}
