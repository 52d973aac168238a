import Glibc

/// The system's memory of a file's contents.
enum PageCache {
    /// Asks the system to forget a file, so that the next read comes from the disk. Only advice:
    /// file systems in memory have nothing to forget, and then there is nothing more to verify.
    static func drop(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    }
}
