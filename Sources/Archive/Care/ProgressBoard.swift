import Basics
import Foundation
import Synchronization

/// Publishes progress to other processes through one small file, at most once a second.
///
/// The file is advice for people: it is renamed into place but never synced.
public final class ProgressBoard: Sendable {
    /// What other processes see.
    public struct Content: Sendable, Codable, Equatable {
        /// The work in progress.
        public var entries: [ProgressEntry] = []
        /// Why other work waits; nil where none does.
        public var pauseReason: String?
    }

    private struct State {
        var pauseReason: String?
        var entries: [String: ProgressEntry] = [:]
        var curves: [String: TrainingCurve] = [:]
        var lastWrite: ContinuousClock.Instant?
    }

    private let path: String
    private let state = Mutex(State())

    /// A board of one archive, empty.
    public init(_ layout: ArchiveLayout) { path = layout.progress }

    /// Shows a report under a key, such as a worker's name.
    public func show(_ report: ProgressReport, under key: String) {
        state.withLock { state in
            let now = Date()
            let old = state.entries[key].flatMap { entry in
                let isSame =
                    entry.report.activity == report.activity
                    && entry.report.subject == report.subject
                return isSame ? entry : nil
            }
            if old == nil { state.curves[key] = nil }
            state.curves[key, default: TrainingCurve()].add(report)
            let points = state.curves[key]?.points ?? []
            state.entries[key] = ProgressEntry(
                report: report, at: now, begunAt: old?.begunAt ?? now,
                curve: points.isEmpty ? nil : points)
            publish(&state, force: false)
        }
    }

    /// Takes a key off the board.
    public func clear(_ key: String) {
        state.withLock { state in
            state.entries[key] = nil
            state.curves[key] = nil
            publish(&state, force: true)
        }
    }

    /// Says why work waits; nil for not.
    public func showPause(_ reason: String?) {
        state.withLock { state in
            state.pauseReason = reason
            publish(&state, force: true)
        }
    }

    /// The work in progress that the board of an archive shows.
    public static func entries(in layout: ArchiveLayout) throws -> [ProgressEntry] {
        try content(in: layout).entries
    }

    /// What the board of an archive shows; empty where nothing was ever published.
    public static func content(in layout: ArchiveLayout) throws -> Content {
        guard FileManager.default.fileExists(atPath: layout.progress) else { return Content() }
        let bytes = try Data(contentsOf: URL(filePath: layout.progress))
        return try JSONCoding.decoder.decode(Content.self, from: bytes)
    }

    private func publish(_ state: inout State, force: Bool) {
        let now = ContinuousClock.now
        if !force, let last = state.lastWrite, now - last < .seconds(1) { return }
        state.lastWrite = now
        let content = Content(
            entries: state.entries.sorted { $0.key < $1.key }.map(\.value),
            pauseReason: state.pauseReason)
        // Progress must never fail the work it describes, so a full disk only leaves it stale.
        try? Data(JSONCoding.encoder.encode(content)).write(
            to: URL(filePath: path), options: .atomic)
    }
}
