internal import GRDB

extension CatalogQueries {
    /// Most problems that one kind of check reports.
    private static let reportedProblemCount = 100

    /// What is wrong with the catalog; empty where nothing is. Damage is reported, not thrown.
    ///
    /// - Parameter thorough: Also compares every index with its table, which reads the whole file
    ///   several times.
    public func integrityCheck(thorough: Bool = false) throws -> [String] {
        let pages = try problems(thorough ? "PRAGMA integrity_check" : "PRAGMA quick_check") {
            row in
            let text: String? = row[0]
            return text == "ok" ? nil : text
        }
        let references = try problems("PRAGMA foreign_key_check") { row in
            let child: String? = row[0]
            let parent: String? = row[2]
            return "a row of \(child ?? "?") refers to a missing row of \(parent ?? "?")"
        }
        return try pages + references
            + Self.consistencyChecks.flatMap { check in
                try problems(check.sql) { row in
                    let name: String? = row[0]
                    return "\(check.problem): \(name ?? "?")"
                }
            }
    }

    /// What foreign keys cannot express; the first column names the culprit.
    private static let consistencyChecks: [(problem: String, sql: String)] = [
        (
            "a cube has another number of band rows than bands",
            """
            SELECT lower(hex(digest)) FROM cubes
            WHERE bands <> (SELECT count(*) FROM bands AS band WHERE band.cube = cubes.id)
            """
        ),
        (
            "a cube is missing from the text index",
            """
            SELECT lower(hex(digest)) FROM cubes WHERE id NOT IN (SELECT rowid FROM cube_texts)
            """
        ),
        (
            "a cube's footprint and the footprint index disagree",
            """
            SELECT lower(hex(digest)) FROM cubes
            WHERE (west IS NOT NULL) <> (id IN (SELECT cube FROM cube_footprints))
            """
        ),
        (
            "the text index has an unknown cube",
            "SELECT CAST(rowid AS TEXT) FROM cube_texts WHERE rowid NOT IN (SELECT id FROM cubes)"
        ),
        (
            "the footprint index has an unknown cube",
            """
            SELECT CAST(cube AS TEXT) FROM cube_footprints
            WHERE cube NOT IN (SELECT id FROM cubes)
            """
        ),
        (
            "the footprint index is damaged",
            """
            SELECT report FROM (SELECT rtreecheck('cube_footprints') AS report)
            WHERE report <> 'ok'
            """
        ),
    ]

    private func problems(_ sql: String, _ describe: (Row) -> String?) throws -> [String] {
        do {
            let rows = try Row.fetchAll(database, sql: sql)
            return Array(rows.compactMap(describe).prefix(Self.reportedProblemCount))
        } catch let error as DatabaseError
            where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
        {
            return ["the file cannot be read: \(error.message ?? "it is malformed")"]
        }
    }
}
