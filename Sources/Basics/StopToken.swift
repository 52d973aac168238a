import Synchronization

/// A request to stop, set once by a signal or a caller and polled by long work between steps.
///
/// Long work calls ``check()`` wherever it can stop without leaving anything half-done.
public final class StopToken: Sendable {
    private let requested = Atomic<Bool>(false)

    /// A token that nobody has set yet.
    public init() {}

    /// Whether somebody asked to stop.
    public var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// Asks the work to stop. Safe from any thread.
    public func request() { requested.store(true, ordering: .releasing) }

    /// Throws ``BasicsError/stopped`` when a stop was requested.
    public func check() throws(BasicsError) {
        if isRequested { throw .stopped }
    }
}
