import Basics
import Foundation
import Glibc

/// What a full scan of the watch folder found.
public struct WatchFolderScan: Sendable {
    /// Every file that is no folder, at any depth; symbolic links included, not followed.
    public var files: [ListedFile] = []
    /// Folders to watch, the watch folder first.
    public var folders: [String] = []
    /// Names that are not UTF-8, made printable: they cannot be taken.
    public var unusableNames: [String] = []

    /// Scans a folder and everything below it.
    ///
    /// A file or folder that disappears during the scan is left out; it was moved away.
    ///
    /// - Throws: ``BasicsError`` where the watch folder itself cannot be listed.
    public init(of folder: String) throws {
        guard try visit(folder) else {
            throw BasicsError.fileOperationFailed(
                operation: "list", path: folder, errorNumber: ENOENT)
        }
    }

    /// Returns false where the folder is gone.
    private mutating func visit(_ folder: String) throws -> Bool {
        guard let stream = opendir(folder) else {
            if errno == ENOENT || errno == ENOTDIR { return false }
            throw BasicsError.fileOperationFailed(
                operation: "list", path: folder, errorNumber: errno)
        }
        defer { closedir(stream) }
        folders.append(folder)
        while let entry = readdir(stream) {
            let bytes = Self.nameBytes(entry)
            if bytes.first == UInt8(ascii: ".") { continue }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                unusableNames.append(folder + "/" + String(decoding: bytes, as: UTF8.self))
                continue
            }
            try add(folder + "/" + name)
        }
        return true
    }

    private mutating func add(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            _ = try visit(path)
            return
        }
        files.append(ListedFile(path: path, status))
    }

    private static func nameBytes(_ entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    }
}
