import Glibc

/// Low priority for threads that work in the background.
///
/// On Linux a nice value belongs to a thread, and a thread that it starts inherits it. It cannot be
/// raised again without privileges, so such a thread does background work for all its life.
public enum ThreadPriority {
    private static let lowest: Int32 = 19
    private static let process = __priority_which_t(PRIO_PROCESS.rawValue)

    /// Lowers the calling thread as far as it goes: others on the same processor get 98 % of it.
    public static func lower() { _ = setpriority(process, 0, lowest) }

    /// Whether the calling thread was lowered below its process.
    public static var isLowered: Bool {
        getpriority(process, 0) > getpriority(process, id_t(getpid()))
    }
}
