import Basics
import Foundation

/// Listing and clearing the folder.
extension BlobStore {
    /// The names of all blobs, in ascending order. Files that are not blobs are left out.
    ///
    /// - Throws: ``BasicsError`` where a folder cannot be listed.
    public func names() throws -> [SHA256Digest] {
        var names: [SHA256Digest] = []
        for fanOut in try entries(of: folder) where fanOut.utf8.count == 2 {
            let path = folder + "/" + fanOut
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            else { continue }
            names += try entries(of: path).compactMap { blobName($0, in: fanOut) }
        }
        return names.sorted()
    }

    /// Removes a blob. The caller has made sure that nothing refers to it any more; should the
    /// machine fail now, it may come back as garbage.
    ///
    /// - Throws: ``BlobStoreError/notFound(name:path:)``, ``BasicsError``.
    public func remove(_ name: SHA256Digest) throws {
        guard contains(name) else {
            throw BlobStoreError.notFound(name: name, path: path(of: name))
        }
        try operations.remove(path(of: name))
    }

    /// Removes what interrupted writes have left in `tmp/`; returns how many files that were.
    ///
    /// Only the holder of the archive's writer lock may call it, and not during a write: a
    /// temporary file in use looks the same.
    ///
    /// - Throws: ``BasicsError`` where the folder cannot be listed or a file not removed.
    public func removeAbandonedTemporaries() throws -> Int {
        let abandoned = try entries(of: temporaryFolder)
        for entry in abandoned { try operations.remove(temporaryFolder + "/" + entry) }
        return abandoned.count
    }

    /// The digest in a file name, where the name is exactly what ``path(of:)`` makes.
    private func blobName(_ entry: String, in fanOut: String) -> SHA256Digest? {
        guard entry.hasSuffix(".zst"),
            let name = SHA256Digest(hexadecimal: String(entry.dropLast(4))),
            path(of: name) == folder + "/" + fanOut + "/" + entry
        else { return nil }
        return name
    }

    private func entries(of path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            let missing = !FileManager.default.fileExists(atPath: path)
            throw BasicsError.fileOperationFailed(
                operation: "list folder", path: path, errorNumber: missing ? ENOENT : EACCES)
        }
    }
}
