import Glibc

/// The file-system calls that durability depends on, as values, so that a test can make any one of
/// them fail and replay what happens next.
public struct FileOperations: Sendable {
    /// Forces an open file's contents to the disk.
    public var synchronizeFile: @Sendable (RandomAccessFile) throws -> Void
    /// Forces a folder's entries to the disk.
    public var synchronizeFolder: @Sendable (_ path: String) throws -> Void
    /// Renames a file within one file system, replacing the target.
    public var rename: @Sendable (_ from: String, _ to: String) throws -> Void
    /// Removes a file.
    public var remove: @Sendable (_ path: String) throws -> Void
    /// Called at every named step; tests throw or end the process here.
    public var reached: @Sendable (_ step: String) throws -> Void

    /// The real calls.
    public static let real = FileOperations(
        synchronizeFile: { try $0.synchronize() },
        synchronizeFolder: { try synchronizeFolderEntries($0) },
        rename: { from, to in
            guard Glibc.rename(from, to) == 0 else {
                throw BasicsError.fileOperationFailed(
                    operation: "rename to \(to)", path: from, errorNumber: errno)
            }
        },
        remove: { path in
            guard unlink(path) == 0 else {
                throw BasicsError.fileOperationFailed(
                    operation: "remove", path: path, errorNumber: errno)
            }
        },
        reached: { _ in })

    private static func synchronizeFolderEntries(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw BasicsError.fileOperationFailed(
                operation: "open folder", path: path, errorNumber: errno)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw BasicsError.syncFailed(path: path, errorNumber: errno)
        }
    }
}
