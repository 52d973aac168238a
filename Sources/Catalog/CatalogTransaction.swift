import Basics
import Foundation
internal import GRDB

/// The changes that the catalog allows, inside one transaction of the writer.
///
/// It lives only inside the closure that it is given to. Each change is all or nothing by itself: a
/// caller may catch its error and go on with the others.
public struct CatalogTransaction {
    /// Questions about the catalog as this transaction has left it so far.
    public let queries: CatalogQueries
    let database: Database

    init(database: Database) {
        self.database = database
        queries = CatalogQueries(database: database)
    }

    /// Runs several statements so that an error undoes all of them.
    func atomically<T>(_ body: () throws -> T) throws -> T {
        var result: T?
        try database.inSavepoint {
            result = try body()
            return .commit
        }
        guard let result else { preconditionFailure("a savepoint that ran has a result") }
        return result
    }

    /// Runs one statement, which is kept for the next time; returns the number of changed rows.
    @discardableResult
    func execute(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        return database.changesCount
    }

    /// The stored text of a time.
    func text(of time: Date, _ subject: String) throws -> String {
        guard let text = CatalogTime.text(of: time) else {
            throw CatalogError.invalidRecord(
                subject: subject, reason: "its year is not between 0 and 9999")
        }
        return text
    }

    /// The stored text of a time that may be missing.
    func optionalText(of time: Date?, _ subject: String) throws -> String? {
        guard let time else { return nil }
        return try text(of: time, subject)
    }

    /// Requires a text that other programs will parse to be JSON.
    func requireJSON(_ text: String, _ subject: String) throws {
        let isValid = try queries.fetchFirst("SELECT json_valid(?) AS valid", [text]) {
            try $0.boolean("valid")
        }
        guard isValid == true else {
            throw CatalogError.invalidRecord(subject: subject, reason: "it is not JSON")
        }
    }

    /// Requires a measured value to be a number, since SQLite would store NaN as missing.
    func requireNumbers(_ values: [Double], _ subject: String) throws {
        guard !values.contains(where: \.isNaN) else {
            throw CatalogError.invalidRecord(
                subject: subject, reason: "one of its measured values is not a number")
        }
    }
}

extension SHA256Digest {
    /// The digest as a column holds it.
    var column: Data { Data(bytes) }
}
