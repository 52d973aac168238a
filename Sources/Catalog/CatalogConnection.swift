import Basics
import CCatalog
import Foundation
internal import GRDB
import Glibc
import Synchronization

/// The one SQLite connection of a reader or writer.
///
/// Invariants: SQLite before 3.51.3 can corrupt a WAL database when two connections write or
/// checkpoint at the same moment. So a reading connection is opened read-only and never
/// checkpoints, not even when it closes; and the process that holds the archive's writer lock has
/// one writing connection, whose queue serialises every caller.
final class CatalogConnection: Sendable {
    /// The catalog's file.
    let path: String
    private let queue: DatabaseQueue
    private let isClosed = Atomic<Bool>(false)

    /// What the connection is for.
    enum Role {
        case reading
        case writing
    }

    private static let busyTimeoutSeconds = 10.0

    /// Opens an existing file, or creates it for writing where `creating`.
    init(path: String, role: Role, creating: Bool = false) throws {
        self.path = path
        guard creating || access(path, F_OK) == 0 else { throw CatalogError.missing(path: path) }
        var configuration = Configuration()
        configuration.readonly = role == .reading
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Self.busyTimeoutSeconds)
        configuration.label = "catalog"
        configuration.prepareDatabase { database in
            switch role {
            case .reading: try Self.prepareForReading(database)
            case .writing: try Self.prepareForWriting(database, path: path)
            }
        }
        queue = try Self.mappingErrors(path) {
            try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    private static func prepareForReading(_ database: Database) throws {
        try require(cubevault_forbid_checkpoint_on_close(database.sqliteConnection))
        try require(cubevault_forbid_dangerous_sql(database.sqliteConnection))
        try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }

    /// synchronous=FULL makes a commit durable before it returns: it is the point at which an
    /// ingest is acknowledged. The log's size limit also empties it when the connection closes. The
    /// cache of 32 MiB keeps a large batch from spilling half-changed pages into the log.
    private static func prepareForWriting(_ database: Database, path: String) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw CatalogError.cannotOpen(
                path: path, reason: "its file system does not support write-ahead logging")
        }
        try require(cubevault_keep_log_files(database.sqliteConnection))
        try require(cubevault_forbid_dangerous_sql(database.sqliteConnection))
        try database.execute(sql: "PRAGMA trusted_schema = OFF")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
        try database.execute(sql: "PRAGMA cache_size = -32768")
    }

    private static func require(_ code: CInt) throws {
        if code != 0 { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Runs `body` on one consistent snapshot of the catalog.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try withoutTransaction { database in
            try database.readOnly { try Self.inTransaction(database, .deferred, body) }
        }
    }

    /// Runs `body` in one transaction, which is undone where it throws.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try withoutTransaction { try Self.inTransaction($0, .immediate, body) }
    }

    /// Runs `body` outside any transaction.
    func withoutTransaction<T>(_ body: (Database) throws -> T) throws -> T {
        try Self.mappingErrors(path) {
            try queue.unsafeRead { database in
                guard !isClosed.load(ordering: .acquiring) else {
                    throw CatalogError.failed(path: path, reason: "it was closed")
                }
                return try body(database)
            }
        }
    }

    private static func inTransaction<T>(
        _ database: Database, _ kind: Database.TransactionKind, _ body: (Database) throws -> T
    ) throws -> T {
        var result: T?
        try database.inTransaction(kind) {
            result = try body(database)
            return .commit
        }
        guard let result else { preconditionFailure("a transaction that ran has a result") }
        return result
    }

    /// Closes the file; later calls throw. GRDB would trap on them, so the flag is set while no
    /// call is being served.
    func close() throws {
        queue.unsafeRead { _ in isClosed.store(true, ordering: .releasing) }
        try Self.mappingErrors(path) { try queue.close() }
    }

    private static func mappingErrors<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw catalogError(error, path: path)
        } catch let error as UnreadableValue {
            throw CatalogError.damaged(
                path: path, reason: "column \(error.column) holds nonsense (\(error.reason))")
        }
    }

    /// What an SQLite failure means to a user. A failed fsync stays what it is everywhere else: the
    /// error after which the process must end.
    private static func catalogError(
        _ error: DatabaseError, path: String
    ) -> any CubevaultError {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.extendedResultCode {
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC:
            return BasicsError.syncFailed(path: path, errorNumber: EIO)
        default: break
        }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return CatalogError.damaged(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return CatalogError.locked(path: path)
        case .SQLITE_FULL: return CatalogError.diskFull(path: path)
        case .SQLITE_CONSTRAINT: return CatalogError.refused(path: path, reason: reason)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
            return CatalogError.cannotOpen(path: path, reason: reason)
        default: return CatalogError.failed(path: path, reason: reason)
        }
    }
}
