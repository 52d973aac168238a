import Glibc

/// One file seen by a scan of the watch folder.
public struct ListedFile: Sendable, Hashable {
    /// Absolute path.
    public let path: String
    /// Length when it was seen.
    public let byteCount: Int
    /// Last modification, in nanoseconds since 1970.
    public let modifiedNanoseconds: Int
    /// Identity of the file on its disk; a replaced file has another.
    public let inode: UInt

    /// Describes a file as a scan saw it.
    public init(path: String, byteCount: Int, modifiedNanoseconds: Int, inode: UInt) {
        self.path = path
        self.byteCount = byteCount
        self.modifiedNanoseconds = modifiedNanoseconds
        self.inode = inode
    }
}

extension ListedFile {
    /// A file as it is now; nil where it is gone.
    init?(examining path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(path: path, status)
    }

    init(path: String, _ status: stat) {
        self.init(
            path: path, byteCount: Int(status.st_size),
            modifiedNanoseconds: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec,
            inode: UInt(status.st_ino))
    }
}
