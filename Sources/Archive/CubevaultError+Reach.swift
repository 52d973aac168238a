import Basics
import Catalog

extension CubevaultError {
    /// Whether the error leaves nothing to go on with: a stop, or a disk or catalog that cannot be
    /// trusted. Any other is about the one cube or task that met it, and work on others goes on.
    public var mustEndTheProcess: Bool {
        if self is CatalogError { return true }
        switch self as? BasicsError {
        case .stopped, .syncFailed: return true
        default: return false
        }
    }
}
