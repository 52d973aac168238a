internal import GRDB

/// A read-only view of the catalog for any process, at any time, also while the writer writes.
///
/// It never writes, never checkpoints and never removes the write-ahead log. It may be used from
/// several threads; calls are served one at a time.
public final class CatalogReader: CatalogReading {
    private let connection: CatalogConnection

    /// Opens an existing catalog.
    ///
    /// - Throws: ``CatalogError/missing(path:)``,
    ///   ``CatalogError/newerSchema(path:found:supported:)``,
    ///   ``CatalogError/olderSchema(path:found:needed:)``, ``CatalogError/damaged(path:reason:)``
    ///   or another ``CatalogError`` that says why the file cannot be used.
    public convenience init(path: String) throws {
        try self.init(path: path, migrations: Migration.embedded)
    }

    /// Opens a catalog as a program with other migrations would.
    package init(path: String, migrations: [Migration]) throws {
        connection = try CatalogConnection(path: path, role: .reading)
        let runner = MigrationRunner(path: path, migrations: migrations)
        try connection.read { try runner.requireUpToDate($0) }
    }

    /// Runs several queries on one consistent snapshot. The queries must not leave the closure, and
    /// the closure must not call this reader itself.
    public func read<T>(_ body: (CatalogQueries) throws -> T) throws -> T {
        try connection.read { try body(CatalogQueries(database: $0)) }
    }

    /// Closes the file; later calls throw.
    public func close() throws { try connection.close() }
}
