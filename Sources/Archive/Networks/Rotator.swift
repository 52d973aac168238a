import Basics
import Catalog

/// Makes a base network current and re-encodes the archive against it, or goes back.
public struct Rotator: Sendable {
    let writer: ArchiveWriter

    /// A rotator of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Makes a version current, then re-encodes every cube from its exact samples, keeping a
    /// cube's old encoding where the new one is worse. Interrupted, it goes on when called again.
    ///
    /// - Parameter version: the version; nil takes the newest candidate, or goes on with the
    ///   current one where there is no candidate.
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)`` and what encoding throws.
    public func rotate(
        to version: Int? = nil, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> RotationReport {
        let catalog = writer.archive.catalog
        let old = try catalog.currentBase()?.version
        let new = try version ?? newestCandidate(after: old) ?? old
        guard let new else {
            throw ArchiveError.noBaseNetwork(version: "that could become current")
        }
        if new != old {
            _ = try writer.archive.baseNetwork(new)
            let message = old.map { "from base \($0)" } ?? "the first"
            try writer.catalog.promoteBase(
                new, events: [writer.event(.rotate, .base(new), message: message)])
            try writer.operations.reached("rotate.current-set")
        }
        let cubes = try LatentUpdater(writer).encodePending(stop: stop, progress: progress)
        return RotationReport(oldVersion: old, newVersion: new, cubes: cubes)
    }

    /// Makes the previous base network current again, with the encodings that cubes had then.
    /// Nothing is decoded.
    ///
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)`` where there is no previous one.
    public func rollback() throws -> RollbackReport {
        let bases = try writer.archive.catalog.bases()
        guard let current = bases.first(where: { $0.state == .current })?.version,
            let previous = bases.first(where: { $0.state == .previous })?.version
        else { throw ArchiveError.noBaseNetwork(version: "to go back to") }
        let event = writer.event(.rollback, .base(previous), message: "from base \(current)")
        let count = try writer.catalog.batch { change in
            try change.promoteBase(previous)
            return try change.restoreEncodings(baseVersion: previous, events: [event])
        }
        return RollbackReport(
            oldVersion: current, newVersion: previous, restoredCubeCount: count)
    }

    /// A candidate older than the current network was passed over on purpose, so only its number
    /// rotates to it.
    private func newestCandidate(after current: Int?) throws -> Int? {
        try writer.archive.catalog.bases()
            .filter { $0.state == .candidate && $0.version > current ?? 0 }
            .map(\.version).max()
    }
}
