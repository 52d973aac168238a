import Glibc

/// One entry of a folder.
public struct FolderEntry: Hashable, Sendable {
    /// What an entry is, links followed.
    public enum Kind: Sendable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A pipe, a device, a link to nothing.
        case other
    }

    /// The name within its folder.
    public let name: String
    /// What the entry, or the target of the link, is.
    public let kind: Kind
    /// Whether the entry itself is a symbolic link.
    public let isSymbolicLink: Bool
    /// The length of the file, or of the link's target; 0 for anything but a file.
    public let byteCount: Int

    /// Examines a path; nil where nothing of that name is there.
    public init?(name: String, path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.name = name
        isSymbolicLink = status.st_mode & S_IFMT == S_IFLNK
        let isReached = !isSymbolicLink || stat(path, &status) == 0
        switch status.st_mode & S_IFMT {
        case S_IFREG where isReached: kind = .file
        case S_IFDIR where isReached: kind = .folder
        default: kind = .other
        }
        byteCount = kind == .file ? Int(status.st_size) : 0
    }
}
