import CubeFiles
import Foundation

/// Decides, from scans alone, which drops are complete, which are still on their way, and which
/// will never become a cube. Pure logic: the clock and the file system come in as arguments.
///
/// Invariants: a file is taken only when it has not changed for the settle time; half a pair waits
/// from the last change of either half; a drop that was taken is not taken again until it leaves
/// the folder or changes.
public struct DropTracker {
    /// What to do with a drop.
    public enum Decision: Equatable {
        /// A complete cube, to be archived.
        case take(CubeFileSet)
        /// Files that will never be a cube, and why.
        case fail(paths: [String], reason: String)
    }

    private struct Sighting {
        var file: ListedFile
        var changedAt: Date
        var isHandled = false
    }

    private let settleSeconds: TimeInterval
    private let partnerTimeoutSeconds: TimeInterval
    private let assess: (String) -> DropState
    private var sightings: [String: Sighting] = [:]

    /// A tracker that has seen nothing yet.
    public init(
        settleSeconds: TimeInterval, partnerTimeoutSeconds: TimeInterval,
        assess: @escaping (String) -> DropState
    ) {
        self.settleSeconds = settleSeconds
        self.partnerTimeoutSeconds = partnerTimeoutSeconds
        self.assess = assess
    }

    /// Takes note of a scan and decides what can be decided now.
    public mutating func observe(_ files: [ListedFile], at now: Date) -> [Decision] {
        update(files, now)
        var decisions: [Decision] = []
        for path in sightings.keys.sorted() {
            guard let sighting = sightings[path], !sighting.isHandled,
                now.timeIntervalSince(sighting.changedAt) >= settleSeconds
            else { continue }
            if let decision = decide(path, now) {
                decisions.append(decision)
                markHandled(decision)
            }
        }
        return decisions
    }

    /// Forgets that a drop was taken, so that it is taken again if it is still there.
    public mutating func release(_ paths: [String]) {
        for path in paths { sightings[path]?.isHandled = false }
    }

    /// When the next file will have settled; nil where none is waiting for that.
    public func nextSettling(after now: Date) -> Date? {
        sightings.values.filter { !$0.isHandled }
            .map { $0.changedAt.addingTimeInterval(settleSeconds) }
            .filter { $0 > now }.min()
    }

    private mutating func update(_ files: [ListedFile], _ now: Date) {
        var seen: [String: Sighting] = [:]
        for file in files {
            if let old = sightings[file.path], old.file == file {
                seen[file.path] = old
            } else {
                seen[file.path] = Sighting(file: file, changedAt: now)
            }
        }
        sightings = seen
    }

    private func decide(_ path: String, _ now: Date) -> Decision? {
        switch assess(path) {
        case .ignored: return nil
        case .refused(let reason): return .fail(paths: [path], reason: reason)
        case .complete(let set):
            let parts = set.files.map(\.path)
            let settled = parts.allSatisfy { part in
                guard let sighting = sightings[part] else { return false }
                return !sighting.isHandled
                    && now.timeIntervalSince(sighting.changedAt) >= settleSeconds
            }
            return settled ? .take(set) : nil
        case .waiting(let reason):
            let parts = sightings.keys.filter { Self.stem($0) == Self.stem(path) }
            let lastChange = parts.compactMap { sightings[$0]?.changedAt }.max() ?? now
            guard now.timeIntervalSince(lastChange) >= partnerTimeoutSeconds else { return nil }
            return .fail(paths: parts.sorted(), reason: reason)
        }
    }

    /// What the halves of a pair share: X.hdr, X.img.hdr, X.img and X have the stem X.
    private static func stem(_ path: String) -> String {
        var stem = path as NSString
        if stem.pathExtension.lowercased() == "hdr" {
            stem = stem.deletingPathExtension as NSString
        }
        return stem.deletingPathExtension.lowercased()
    }

    private mutating func markHandled(_ decision: Decision) {
        let paths =
            switch decision {
            case .take(let set): set.files.map(\.path)
            case .fail(let paths, _): paths
            }
        for path in paths { sightings[path]?.isHandled = true }
    }
}
