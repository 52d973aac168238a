import Basics
import Foundation
internal import GRDB

/// Brings a catalog's schema up to date, or checks that it is.
///
/// Invariant: the applied migrations are the first n of the program's, each with the text that is
/// recorded for it. A catalog where that does not hold is refused, never repaired.
struct MigrationRunner {
    let path: String
    let migrations: [Migration]

    /// Applies what is missing, each migration in a transaction of its own.
    func bringUpToDate(_ database: Database) throws {
        let applied = try appliedCount(database)
        for migration in migrations.dropFirst(applied) {
            try database.inTransaction(.immediate) {
                try apply(migration, to: database)
                return .commit
            }
        }
    }

    /// Requires every migration of this program to have been applied.
    func requireUpToDate(_ database: Database) throws {
        let applied = try appliedCount(database)
        guard applied == migrations.count else {
            throw CatalogError.olderSchema(path: path, found: applied, needed: migrations.count)
        }
    }

    private func apply(_ migration: Migration, to database: Database) throws {
        if migration.number == 1 {
            try database.execute(
                sql: """
                    CREATE TABLE schema_migrations (
                        number INTEGER PRIMARY KEY,
                        name TEXT NOT NULL,
                        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
                        applied_at TEXT NOT NULL CHECK (length(applied_at) = 24)
                    ) STRICT
                    """)
        }
        try database.execute(sql: migration.text)
        try database.execute(
            sql: """
                INSERT INTO schema_migrations (number, name, sha256, applied_at)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [
                migration.number, migration.name, Data(migration.digest.bytes),
                CatalogTime.text(of: Date()),
            ])
    }

    /// Number of applied migrations, after checking that they are this program's.
    private func appliedCount(_ database: Database) throws -> Int {
        guard try isCatalog(database) else { return 0 }
        let rows = try Row.fetchAll(
            database, sql: "SELECT number, name, sha256 FROM schema_migrations ORDER BY number")
        let newest = try rows.last?.integer("number") ?? 0
        guard newest <= migrations.count else {
            throw CatalogError.newerSchema(
                path: path, found: newest, supported: migrations.count)
        }
        for (index, row) in rows.enumerated() {
            let number = try row.integer("number")
            guard number == index + 1, try row.digest("sha256") == migrations[index].digest
            else {
                throw CatalogError.migrationChanged(path: path, name: migrations[index].name)
            }
        }
        return rows.count
    }

    /// False for an empty database; throws for another program's.
    private func isCatalog(_ database: Database) throws -> Bool {
        let names = try String.fetchAll(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
        if names.contains("schema_migrations") { return true }
        guard names.isEmpty else { throw CatalogError.notACatalog(path: path) }
        return false
    }
}
