import Basics
import Foundation
import Glibc

/// The archive's writer lock: one process at a time may change an archive.
///
/// It is an flock, so it cannot go stale: the kernel releases it with the process.
final class ArchiveLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock or says who holds it.
    ///
    /// - Throws: ``ArchiveError/writerBusy(folder:holder:)``.
    init(_ layout: ArchiveLayout) throws {
        descriptor = open(layout.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw BasicsError.fileOperationFailed(
                operation: "open", path: layout.lock, errorNumber: errno)
        }
        guard Self.take(descriptor) else {
            let holder = Self.holder(layout)
            close(descriptor)
            throw ArchiveError.writerBusy(folder: layout.folder, holder: holder)
        }
        let text = "\(ProcessInfo.processInfo.processName), process \(getpid())\n"
        ftruncate(descriptor, 0)
        text.withCString { _ = pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit { close(descriptor) }

    /// Tries for a quarter of a second, because ``currentHolder(_:)`` takes the lock for an
    /// instant.
    private static func take(_ descriptor: Int32) -> Bool {
        for _ in 0..<5 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(50_000)
        }
        return false
    }

    /// Who holds the lock now; nil where nobody does.
    static func currentHolder(_ layout: ArchiveLayout) -> String? {
        let descriptor = open(layout.lock, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? nil : holder(layout)
    }

    /// Who holds the lock, as they wrote it there; for messages only.
    private static func holder(_ layout: ArchiveLayout) -> String {
        let bytes = FileManager.default.contents(atPath: layout.lock) ?? Data()
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? "unknown" : trimmed
    }
}

extension Archive {
    /// Who is writing to the archive now, for messages; nil where nobody is.
    public var writerName: String? { ArchiveLock.currentHolder(layout) }
}
