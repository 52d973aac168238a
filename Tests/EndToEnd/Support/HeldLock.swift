import Foundation
import Glibc

/// The archive's writer lock, held by the test as another process would hold it.
final class HeldLock {
    private let descriptor: Int32

    /// Takes the lock, which must be free.
    init(_ archive: TestArchive) throws {
        descriptor = open(archive.folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL)
        }
    }

    /// Gives the lock back.
    deinit { close(descriptor) }
}
