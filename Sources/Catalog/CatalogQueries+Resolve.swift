import Basics
import Foundation
internal import GRDB

extension CatalogQueries {
    /// How many cubes an error about an ambiguous name lists.
    private static let listedMatchCount = 10

    /// The cube that a user means: a prefix of its ID of at least ``minimumPrefixLength``
    /// hexadecimal digits in either case, or its exact name where only one cube has it. IDs come
    /// first.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``, ``CatalogError/ambiguous(text:matches:)``
    ///   or ``CatalogError/prefixTooShort(text:)``.
    public func resolve(_ text: String) throws -> SHA256Digest {
        let isPrefix = text.utf8.count >= Self.minimumPrefixLength
        if isPrefix, let range = DigestRange(hexadecimalPrefix: text) {
            let byID = try matches(
                "digest BETWEEN ? AND ?", [Data(range.lowest), Data(range.highest)])
            if let found = try onlyMatch(byID, text) { return found }
        }
        if let found = try onlyMatch(try matches("name = ?", [text]), text) { return found }
        if !isPrefix, DigestRange(hexadecimalPrefix: text) != nil {
            throw CatalogError.prefixTooShort(text: text)
        }
        throw CatalogError.notFound(kind: "cube", name: text)
    }

    private func matches(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [(id: SHA256Digest, name: String)] {
        let sql = "SELECT digest, name FROM cubes WHERE \(condition) ORDER BY digest LIMIT "
        return try fetch(sql + String(Self.listedMatchCount), arguments) { row in
            (try row.digest("digest"), try row.text("name"))
        }
    }

    private func onlyMatch(
        _ matches: [(id: SHA256Digest, name: String)], _ text: String
    ) throws -> SHA256Digest? {
        guard matches.count > 1 else { return matches.first?.id }
        let shownDigitCount = max(12, text.utf8.count + 4)
        throw CatalogError.ambiguous(
            text: text,
            matches: matches.map { "\($0.id.hexadecimal.prefix(shownDigitCount)) \($0.name)" })
    }
}
