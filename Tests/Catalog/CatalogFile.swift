import Foundation

/// Edits a closed catalog's bytes as bad luck or a stranger would.
enum CatalogFile {
    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    /// Replaces every occurrence of a text by another of the same length.
    static func replace(_ old: String, by new: String, in path: String) throws {
        precondition(old.utf8.count == new.utf8.count, "the file must keep its layout")
        var data = try Data(contentsOf: URL(filePath: path))
        while let range = data.range(of: Data(old.utf8)) {
            data.replaceSubrange(range, with: Data(new.utf8))
        }
        try data.write(to: URL(filePath: path))
    }
}
