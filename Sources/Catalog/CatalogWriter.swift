import Basics
import Foundation
internal import GRDB

/// The catalog's only writer: open it only in the process that holds the archive's writer lock.
///
/// Every change is durable when its call returns (write-ahead log, synchronous=FULL). It may be
/// used from several threads; calls are served one at a time on one connection.
public final class CatalogWriter: CatalogReading {
    private let connection: CatalogConnection
    private let makeRoom: @Sendable () throws -> Bool
    /// Number of jobs that a former process left running and that were queued again at opening.
    public let requeuedJobCount: Int

    /// Opens a catalog, applies missing migrations and queues again the jobs that a crashed process
    /// left running.
    ///
    /// - Parameters:
    ///   - creating: Whether a missing file is created.
    ///   - makeRoom: Called where a change finds the disk full; the change is made once more where
    ///     it returns true.
    /// - Throws: ``CatalogError/missing(path:)``,
    ///   ``CatalogError/newerSchema(path:found:supported:)``,
    ///   ``CatalogError/migrationChanged(path:name:)``, ``CatalogError/damaged(path:reason:)`` or
    ///   another ``CatalogError`` that says why the file cannot be used.
    public convenience init(
        path: String, creating: Bool = false,
        makeRoom: @escaping @Sendable () throws -> Bool = { false }
    ) throws {
        try self.init(
            path: path, creating: creating, migrations: Migration.embedded, makeRoom: makeRoom)
    }

    /// Opens a catalog as a program with other migrations would.
    package init(
        path: String, creating: Bool, migrations: [Migration],
        makeRoom: @escaping @Sendable () throws -> Bool = { false }
    ) throws {
        let connection = try CatalogConnection(path: path, role: .writing, creating: creating)
        let runner = MigrationRunner(path: path, migrations: migrations)
        try connection.withoutTransaction { try runner.bringUpToDate($0) }
        if creating {
            let folder = URL(filePath: path).deletingLastPathComponent().path
            try FileOperations.real.synchronizeFolder(folder)
        }
        requeuedJobCount = try connection.write {
            try CatalogTransaction(database: $0).requeueRunning()
        }
        self.connection = connection
        self.makeRoom = makeRoom
    }

    /// Runs several queries on one consistent snapshot. The queries must not leave the closure, and
    /// the closure must not call this writer itself.
    public func read<T>(_ body: (CatalogQueries) throws -> T) throws -> T {
        try connection.read { try body(CatalogQueries(database: $0)) }
    }

    /// Makes several changes in one transaction: all of them are committed together when `changes`
    /// returns, and none where it throws. Also the way to commit many changes quickly, since every
    /// commit waits for the disk. The transaction must not leave the closure, and the closure must
    /// not call this writer itself; it runs again where room was made on a full disk.
    public func batch<T>(_ changes: (CatalogTransaction) throws -> T) throws -> T {
        do {
            return try transaction(changes)
        } catch let error as CatalogError {
            guard case .diskFull = error, try makeRoom() else { throw error }
            return try transaction(changes)
        }
    }

    private func transaction<T>(_ changes: (CatalogTransaction) throws -> T) throws -> T {
        try connection.write { try changes(CatalogTransaction(database: $0)) }
    }

    /// Closes the file; later calls throw.
    public func close() throws { try connection.close() }
}
