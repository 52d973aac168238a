import Archive
import ArgumentParser
import Basics
import Catalog
import Foundation

/// The one cube that a command is about.
struct CubeArgument: ParsableArguments {
    @Argument(
        help: "The cube's ID, any unique prefix of it of at least 4 digits, or its exact name.",
        completion: .custom { arguments, _, prefix in Self.completions(arguments, prefix) })
    var id: String

    /// The cube's full ID.
    ///
    /// - Throws: ``Catalog/CatalogError`` where no cube or more than one is meant.
    func resolve(in archive: Archive) throws -> SHA256Digest { try archive.catalog.resolve(id) }

    private static let longestCompletionList = 200

    /// IDs that begin with what was typed. A shell cannot show an error, so it is shown nothing.
    private static func completions(_ arguments: [String], _ prefix: String) -> [String] {
        let named = arguments.firstIndex(of: "--archive").flatMap { index in
            arguments.indices.contains(index + 1) ? arguments[index + 1] : nil
        }
        let folder =
            named ?? ProcessInfo.processInfo.environment[ArchiveOptions.environmentVariable]
        let query = CubeQuery(
            idPrefix: prefix.isEmpty ? nil : prefix, limit: longestCompletionList)
        // Whatever is wrong, the command itself will say it.
        guard let folder, let found = try? Archive(opening: folder).catalog.search(query) else {
            return []
        }
        return found.map { FigureFormat.shortID($0.id.hexadecimal) }
    }
}
