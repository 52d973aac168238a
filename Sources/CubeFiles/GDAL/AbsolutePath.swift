import Foundation

/// The helper takes absolute paths only.
enum AbsolutePath {
    /// `path`, from the current folder where it is relative.
    static func of(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
