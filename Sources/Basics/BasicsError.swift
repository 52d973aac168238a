import Glibc

/// Failures of the building blocks: files, checksummed structures, interruption.
public enum BasicsError: CubevaultError, Equatable {
    /// A system call on a file failed; `errorNumber` is its errno. Check the path and permissions.
    case fileOperationFailed(operation: String, path: String, errorNumber: Int32)
    /// fsync failed: what the disk holds is unknown, so the process must end and never retry.
    case syncFailed(path: String, errorNumber: Int32)
    /// A structure ended before the bytes that it promised.
    case truncated(structure: String, neededByteCount: Int, availableByteCount: Int)
    /// A structure is not what it claims to be.
    case malformed(structure: String, reason: String)
    /// The user or the service manager asked the work to stop; nothing is lost, run it again.
    case stopped

    /// What happened, to which file, and what to do.
    public var description: String {
        switch self {
        case .fileOperationFailed(let operation, let path, let errorNumber):
            "cannot \(operation) \(path): \(String(cString: strerror(errorNumber)))"
        case .syncFailed(let path, let errorNumber):
            "fsync of \(path) failed (\(String(cString: strerror(errorNumber)))); "
                + "stopping, because the disk can no longer be trusted"
        case .truncated(let structure, let needed, let available):
            "\(structure) is truncated: \(needed) bytes needed, \(available) there"
        case .malformed(let structure, let reason):
            "\(structure) is malformed: \(reason)"
        case .stopped:
            "stopped on request; run the command again to resume"
        }
    }

    /// Interruption and damage have statuses of their own.
    public var exitStatus: ExitStatus {
        switch self {
        case .stopped: .interrupted
        case .truncated, .malformed: .damaged
        case .fileOperationFailed(_, _, let errorNumber) where errorNumber == ENOENT: .notFound
        case .fileOperationFailed, .syncFailed: .failed
        }
    }
}
