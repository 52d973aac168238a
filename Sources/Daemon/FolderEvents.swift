import Basics
import Glibc

/// inotify over a set of folders, used only as a hint that a scan is worth while.
///
/// Events may be lost, come twice or never (writes through mmap, network mounts), so nothing is
/// read from them but that something happened.
final class FolderEvents {
    private let descriptor: Int32
    private var watched: Set<String> = []

    /// Starts with no folder.
    init() throws {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else {
            throw BasicsError.fileOperationFailed(
                operation: "watch", path: "inotify", errorNumber: errno)
        }
    }

    deinit { close(descriptor) }

    /// Watches these folders too. A folder that cannot be watched is left to the rescan.
    func watch(_ folders: [String]) {
        let mask = UInt32(
            IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
                | IN_ATTRIB | IN_ONLYDIR)
        for folder in folders where !watched.contains(folder) {
            if inotify_add_watch(descriptor, folder, mask) >= 0 { watched.insert(folder) }
        }
        watched.formIntersection(folders)
    }

    /// Waits for an event; returns whether one came. Events that came are drained.
    func wait(milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while read(descriptor, &buffer, buffer.count) > 0 {}
        return true
    }
}
