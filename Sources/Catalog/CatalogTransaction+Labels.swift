import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Gives a cube a tag, or another value where it has the key already.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``,
    ///   ``CatalogError/invalidRecord(subject:reason:)`` for an empty key.
    public func addTag(_ key: String, _ value: String, to cube: SHA256Digest) throws {
        try atomically {
            let row = try queries.requiredCubeRow(cube)
            try setTag(key, value, row)
            try refreshText(row)
        }
    }

    /// Takes a tag from a cube; returns whether the cube had it.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown cube.
    @discardableResult
    public func removeTag(_ key: String, from cube: SHA256Digest) throws -> Bool {
        try atomically {
            let row = try queries.requiredCubeRow(cube)
            let count = try execute("DELETE FROM tags WHERE cube = ? AND key = ?", [row, key])
            try refreshText(row)
            return count > 0
        }
    }

    /// Puts a cube into a collection, which is created where it is new; nil takes it out of its
    /// own.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown cube,
    ///   ``CatalogError/invalidRecord(subject:reason:)`` for an empty name.
    public func setCollection(_ collection: String?, of cube: SHA256Digest) throws {
        try atomically {
            let row = try queries.requiredCubeRow(cube)
            try execute(
                "UPDATE cubes SET collection = ? WHERE id = ?",
                [try collectionRow(collection), row])
            try refreshText(row)
        }
    }

    /// The number of a collection, which is created where it is new.
    func collectionRow(_ name: String?) throws -> Int? {
        guard let name else { return nil }
        guard !name.isEmpty else {
            throw CatalogError.invalidRecord(subject: "a collection", reason: "it has no name")
        }
        try execute(
            "INSERT INTO collections (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [name, try text(of: Date(), "the current time")])
        return try queries.fetchFirst("SELECT id FROM collections WHERE name = ?", [name]) {
            try $0.integer("id")
        }
    }

    /// Sets one tag without touching the text index.
    func setTag(_ key: String, _ value: String, _ cube: Int) throws {
        guard !key.isEmpty else {
            throw CatalogError.invalidRecord(subject: "a tag", reason: "its key is empty")
        }
        let sql = """
            INSERT INTO tags (cube, key, value) VALUES (?, ?, ?)
            ON CONFLICT (cube, key) DO UPDATE SET value = excluded.value
            """
        try execute(sql, [cube, key, value])
    }

    /// Rewrites a cube's entry in the text index from its rows.
    func refreshText(_ cube: Int) throws {
        let sql = """
            SELECT cubes.name, text, sensor, collections.name AS collection
            FROM cubes LEFT JOIN collections ON collections.id = cubes.collection
            WHERE cubes.id = ?
            """
        let columns = try queries.fetchFirst(sql, [cube]) { row in
            [
                try row.text("name"), try row.optionalText("text"),
                try row.optionalText("sensor"), try row.optionalText("collection"),
            ]
        }
        guard let columns else { return }
        let files = try queries.fetch(
            "SELECT file_name FROM source_files WHERE cube = ? ORDER BY position", [cube]
        ) { try $0.text("file_name") }
        let tags = try queries.tags(ofRow: cube).sorted { $0.key < $1.key }
        let name = columns[0] ?? ""
        try execute("DELETE FROM cube_texts WHERE rowid = ?", [cube])
        try execute(
            """
            INSERT INTO cube_texts (rowid, name, words, text, sensor, collection, tags, file_names)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                cube, name, NameWords.text(of: [name] + files), columns[1], columns[2],
                columns[3], tags.map { "\($0.key) \($0.value)" }.joined(separator: " "),
                files.joined(separator: " "),
            ])
    }
}
