import Basics
import Catalog
import Foundation
import TestSupport
import Testing

/// A catalog is opened only by a program that understands it.
struct MigrationTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("catalog.sqlite") }
    private static let known = Migration.embedded.count
    private static let next = Migration(
        number: known + 1, name: "9999_more.sql", text: "CREATE TABLE more (id INTEGER) STRICT;")

    init() throws { folder = try TemporaryFolder() }

    private func create(_ migrations: [Migration]) throws {
        try CatalogWriter(path: path, creating: true, migrations: migrations).close()
    }

    @Test func `every file of migrations is embedded, in order and unchanged`() throws {
        let migrations = packageRoot.appending(path: "migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: migrations.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
        #expect(Migration.embedded.map(\.name) == files)
        for migration in Migration.embedded {
            let text = try String(
                contentsOf: migrations.appending(path: migration.name), encoding: .utf8)
            #expect(migration.text == text)
            #expect(Int(migration.name.prefix(4)) == migration.number)
        }
    }

    @Test func `every table is strict`() throws {
        let statements = Migration.embedded.flatMap {
            $0.text.components(separatedBy: "CREATE TABLE ").dropFirst()
        }
        #expect(statements.count > 10)
        for statement in statements {
            let closing = try #require(statement.range(of: "\n)"))
            #expect(statement[closing.upperBound...].hasPrefix(" STRICT"))
        }
    }

    @Test func `a missing migration is applied by the writer, not by a reader`() throws {
        try create(Migration.embedded)
        let both = Migration.embedded + [Self.next]
        let refusal = CatalogError.olderSchema(
            path: path, found: Self.known, needed: Self.known + 1)
        #expect(throws: refusal) { try CatalogReader(path: path, migrations: both) }
        try CatalogWriter(path: path, creating: false, migrations: both).close()
        _ = try CatalogReader(path: path, migrations: both)
    }

    @Test func `a newer catalog is refused`() throws {
        try create(Migration.embedded + [Self.next])
        let refusal = CatalogError.newerSchema(
            path: path, found: Self.known + 1, supported: Self.known)
        #expect(throws: refusal) { try CatalogWriter(path: path) }
        #expect(throws: refusal) { try CatalogReader(path: path) }
    }

    @Test func `a migration whose text changed is refused`() throws {
        try create(Migration.embedded)
        let first = try #require(Migration.embedded.first)
        let edited =
            [Migration(number: 1, name: first.name, text: first.text + "-- edited")]
            + Migration.embedded.dropFirst()
        let refusal = CatalogError.migrationChanged(path: path, name: first.name)
        #expect(throws: refusal) {
            try CatalogWriter(path: path, creating: false, migrations: edited)
        }
        #expect(throws: refusal) { try CatalogReader(path: path, migrations: edited) }
    }

    @Test func `a migration that fails leaves the catalog as it was`() throws {
        try create(Migration.embedded)
        let broken = Migration(
            number: Self.known + 1, name: "9999_broken.sql",
            text: "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE half (id INTEGER) STRICT;")
        #expect(throws: CatalogError.self) {
            try CatalogWriter(
                path: path, creating: false, migrations: Migration.embedded + [broken])
        }
        _ = try CatalogReader(path: path)
        try CatalogWriter(
            path: path, creating: false, migrations: Migration.embedded + [Self.next]
        ).close()
    }

    @Test func `a catalog that is not there is not created by accident`() throws {
        #expect(throws: CatalogError.missing(path: path)) { try CatalogWriter(path: path) }
        #expect(throws: CatalogError.missing(path: path)) { try CatalogReader(path: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(CatalogError.missing(path: path).exitStatus == .notFound)
    }

    @Test func `another program's database is refused`() throws {
        try create(Migration.embedded)
        try CatalogFile.replace("schema_migrations", by: "schema_migrationz", in: path)
        #expect(throws: CatalogError.notACatalog(path: path)) { try CatalogWriter(path: path) }
        #expect(throws: CatalogError.notACatalog(path: path)) { try CatalogReader(path: path) }
    }
}
