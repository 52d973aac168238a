import Basics
import Catalog
import Foundation

/// Makes a base network current and re-encodes the archive against it, or goes back.
public struct Rotator: Sendable {
    /// Kind of the jobs that ask for a rotation: the subject is the version.
    public static let jobKind = "rotate"

    let writer: ArchiveWriter

    /// A rotator of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    private var catalog: any CatalogReading { writer.archive.catalog }

    /// Tries a version, makes it current if it wins, then re-encodes every cube from its exact
    /// samples, keeping a cube's old encoding where the new one is no better. Interrupted, it goes
    /// on when called again.
    ///
    /// - Parameters:
    ///   - version: the version; nil takes the newest candidate, or goes on with the current one
    ///     where there is no candidate.
    ///   - force: whether the gate's refusal is only recorded.
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)`` and what encoding throws.
    public func rotate(
        to version: Int? = nil, force: Bool = false, stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> RotationReport {
        var report = try begin(to: version, force: force, stop: stop, progress: progress)
        if report.isRefused { return report }
        report.cubes = try EncodingQueue(writer).drain(stop: stop, progress: progress)
        report.pendingCubeCount = try pendingCount()
        return report
    }

    /// As ``rotate(to:force:stop:progress:)``, but the cubes only wait in the queue afterwards:
    /// what the daemon does, which then takes them one by one.
    public func begin(
        to version: Int? = nil, force: Bool = false, stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> RotationReport {
        let old = try catalog.currentBase()?.version
        guard let new = try version ?? writer.archive.newestCandidate() ?? old else {
            throw ArchiveError.noBaseNetwork(version: "that could become current")
        }
        var report = RotationReport(oldVersion: old, newVersion: new)
        if new == old {
            try goOn(with: new)
        } else {
            let gate = try recordingFailure(of: new) {
                try passGate(new, force: force, stop: stop, progress: progress)
            }
            report.gate = gate
            report.isRefused = !gate.isWon && !force
            if !report.isRefused { try start(gate, from: old, isForced: !gate.isWon) }
        }
        report.pendingCubeCount = try pendingCount()
        return report
    }

    /// Withdraws what a rotation has left to do; what it has switched stays, and
    /// ``rotate(to:force:stop:progress:)`` without a version goes on with it.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where none is running.
    public func cancel() throws -> RotationReport {
        let cancelled = try writer.catalog.batch { change in
            let figures = try change.queries.latestRotation().map {
                try progress(of: $0, change.queries)
            }
            let rotation = try change.cancelRotation(at: writer.now())
            if let rotation {
                try change.recordEvent(
                    writer.event(
                        .cancel, .base(rotation.newVersion), message: "the rest was withdrawn",
                        figures: figures ?? [:]))
            }
            return rotation
        }
        guard let cancelled else {
            throw ArchiveError.badArgument(reason: "no rotation is running")
        }
        return RotationReport(
            oldVersion: cancelled.oldVersion, newVersion: cancelled.newVersion,
            pendingCubeCount: try pendingCount())
    }

    /// Takes the latest rotation back: every cube that it switched has its former encoding again,
    /// bit for bit. Nothing is decoded.
    ///
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)`` where there is nothing to go back to, or
    ///   the time of grace is over.
    public func rollback() throws -> RollbackReport {
        guard let latest = try catalog.latestRotation(), let old = latest.oldVersion,
            try catalog.bases().contains(where: { $0.version == old })
        else {
            throw ArchiveError.noBaseNetwork(version: "to go back to")
        }
        let resumed = try catalog.rotations().first {
            $0.id != latest.id && $0.state != .rolledBack
        }.flatMap { $0.state == .superseded ? $0.id : nil }
        let graceSeconds = writer.archive.settings.rotation.graceDays * 86_400
        if let end = latest.finishedAt, writer.now().timeIntervalSince(end) > graceSeconds {
            throw ArchiveError.noBaseNetwork(
                version: "to go back to: the rotation to base \(latest.newVersion) ended more than "
                    + "\(writer.archive.settings.rotation.graceDays) days ago")
        }
        let count = try writer.catalog.batch { change in
            let count = try change.rollBack(latest, at: writer.now())
            let earlier = try change.queries.latestRotation()
            try change.recordEvent(
                writer.event(
                    .rollback, .base(old), message: "from base \(latest.newVersion)",
                    figures: [
                        "version": Double(old), "fromVersion": Double(latest.newVersion),
                        "restoredCubeCount": Double(count),
                    ]))
            // An earlier rotation that was superseded goes on, and may have nothing left to do.
            if let earlier, resumed == earlier.id, earlier.state == .done {
                try writer.recordEnd(of: earlier, in: change)
            }
            return count
        }
        try writer.operations.reached(RotationStep.rolledBack)
        return RollbackReport(
            oldVersion: latest.newVersion, newVersion: old, restoredCubeCount: count)
    }
}

extension Rotator {
    private func pendingCount() throws -> Int {
        try catalog.encodingWorkCounts().values.reduce(0, +)
    }

    /// What an event says of a rotation that ends before every cube was tried.
    private func progress(
        of rotation: RotationRecord, _ queries: CatalogQueries
    ) throws -> [String: Double] {
        [
            "version": Double(rotation.newVersion), "cubeCount": Double(rotation.cubeCount),
            "flippedCubeCount": Double(try queries.flipCount(ofRotation: rotation.id)),
            "remainingCubeCount": Double(
                try queries.encodingWorkCounts().values.reduce(0, +)),
        ]
    }

    private func start(_ gate: GateReport, from old: Int?, isForced: Bool) throws {
        try writer.catalog.batch { change in
            var events: [EventRecord] = []
            if let running = try change.queries.latestRotation(), running.state == .running {
                events.append(
                    writer.event(
                        .rotate, .base(running.newVersion), outcome: .skipped,
                        message: "superseded by base \(gate.version)",
                        figures: try progress(of: running, change.queries)))
            }
            let rotation = try change.beginRotation(
                to: gate.version, isForced: isForced, at: writer.now(), events: events)
            let from = old.map { "from base \($0)" } ?? "the first"
            try change.recordEvent(
                writer.event(
                    .rotate, .base(gate.version), message: from + (isForced ? ", forced" : ""),
                    figures: [
                        "version": Double(gate.version), "cubeCount": Double(rotation.cubeCount),
                    ]))
            if rotation.state == .done { try writer.recordEnd(of: rotation, in: change) }
        }
        try writer.operations.reached(RotationStep.rotationBegun)
    }

    /// Queues what is left where nothing is queued: after a cancellation or failures, or in an
    /// archive that knew no queue for it.
    private func goOn(with version: Int) throws {
        guard try pendingCount() == 0,
            try !catalog.cubesNeedingEncoding(base: version, limit: 1).isEmpty
        else { return }
        try writer.catalog.batch { change in
            let event = writer.event(
                .rotate, .base(version), message: "goes on", figures: ["version": Double(version)])
            let latest = try change.queries.latestRotation()
            let rotation =
                if let latest, latest.newVersion == version {
                    try change.resumeRotation(latest.id, at: writer.now(), events: [event])
                } else {
                    try change.beginRotation(
                        to: version, isForced: false, at: writer.now(), events: [event])
                }
            if rotation.state == .done { try writer.recordEnd(of: rotation, in: change) }
        }
    }
}
