import Foundation

/// A fresh folder that is removed when its last reference goes.
public final class TemporaryFolder: Sendable {
    /// The folder's absolute path, without a trailing slash.
    public let path: String

    /// Creates the folder.
    public init() throws {
        path =
            FileManager.default.temporaryDirectory.path
            + "/cubevault-test-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A test may have removed the folder itself, and nothing can be thrown from here.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of an entry of the folder.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file into the folder and returns its path.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }
}
