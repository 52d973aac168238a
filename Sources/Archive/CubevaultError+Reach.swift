import Basics
import Catalog
import Glibc

extension CubevaultError {
    /// Whether the error leaves nothing to go on with: a stop, or a disk or catalog that cannot be
    /// trusted. Any other is about the one cube or task that met it, and work on others goes on.
    public var mustEndTheProcess: Bool {
        if isFullDisk { return false }
        if self is CatalogError { return true }
        switch self as? BasicsError {
        case .stopped, .syncFailed: return true
        default: return false
        }
    }

    /// Whether it is only the disk that is full: nothing was changed, and the same work can be done
    /// once there is room.
    public var isFullDisk: Bool {
        switch self as any Error {
        case CatalogError.diskFull, BasicsError.fileOperationFailed(_, _, ENOSPC): true
        default: false
        }
    }
}
