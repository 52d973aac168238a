import Basics
import Foundation
internal import GRDB

/// Every question that the catalog answers, on one consistent snapshot of it.
///
/// It lives only inside the closure that it is given to.
public struct CatalogQueries {
    /// Fewest hexadecimal digits that stand for a cube.
    public static let minimumPrefixLength = 4

    let database: Database

    /// The rows of a query, each turned into a value. The statement is kept for the next time, for
    /// as long as the connection lives: say no to `isKept` where its text varies with the request.
    func fetch<Value>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(),
        isKept: Bool = true, _ decode: (Row) throws -> Value
    ) throws -> [Value] {
        let statement =
            isKept ? try database.cachedStatement(sql: sql) : try database.makeStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        var values: [Value] = []
        while let row = try cursor.next() { values.append(try decode(row)) }
        return values
    }

    /// The first row of a query, turned into a value; nil where there is none.
    func fetchFirst<Value>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(),
        _ decode: (Row) throws -> Value
    ) throws -> Value? {
        try fetch(sql, arguments, decode).first
    }
}
