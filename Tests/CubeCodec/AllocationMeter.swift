import Glibc
import Synchronization

/// Counts the bytes that are allocated, where the address sanitizer lets somebody see that.
enum AllocationMeter {
    private static let live = Atomic<Int>(0)
    private static let peak = Atomic<Int>(0)
    private static let largest = Atomic<Int>(0)
    private typealias MallocHook = @convention(c) (UnsafeRawPointer?, Int) -> Void
    private typealias FreeHook = @convention(c) (UnsafeRawPointer?) -> Void
    private typealias Install = @convention(c) (MallocHook, FreeHook) -> Int32

    /// Whether allocations are seen: only in a program built with the sanitizer.
    static let isWorking: Bool = {
        guard let symbol = dlsym(nil, "__sanitizer_install_malloc_and_free_hooks") else {
            return false
        }
        let install = unsafeBitCast(symbol, to: Install.self)
        return install(
            { _, count in AllocationMeter.add(count) },
            { pointer in AllocationMeter.remove(pointer) }) > 0
    }()

    private typealias SizeOf = @convention(c) (UnsafeRawPointer?) -> Int
    private static let sizeOf: SizeOf? = dlsym(nil, "__sanitizer_get_allocated_size").map {
        unsafeBitCast($0, to: SizeOf.self)
    }

    /// Where the runtime finds whom to tell of every error that is thrown. The test library listens
    /// there and keeps them all, which soon takes more memory than any decoder.
    private static var throwListeners: [UnsafeMutablePointer<UnsafeRawPointer?>] {
        ["_swift_willThrow", "_swift_willThrowTypedImpl"].compactMap { (name: String) in
            dlsym(nil, name)?.assumingMemoryBound(to: UnsafeRawPointer?.self)
        }
    }

    /// What was allocated during some work.
    struct Reading {
        /// The most bytes at once, beyond those before it.
        var peakByteCount = 0
        /// The largest single allocation.
        var largestByteCount = 0
    }

    /// What `body` allocates; nil where that cannot be seen.
    static func reading(of body: () -> Void) -> Reading? {
        // Both are made before the hooks ask for them.
        guard sizeOf != nil, isWorking else {
            body()
            return nil
        }
        let start = live.load(ordering: .relaxed)
        let listeners = throwListeners
        let listening = listeners.map(\.pointee)
        for listener in listeners { listener.pointee = nil }
        defer { for (place, value) in zip(listeners, listening) { place.pointee = value } }
        peak.store(start, ordering: .relaxed)
        largest.store(0, ordering: .relaxed)
        body()
        return Reading(
            peakByteCount: peak.load(ordering: .relaxed) - start,
            largestByteCount: largest.load(ordering: .relaxed))
    }

    private static func add(_ count: Int) {
        let (_, now) = live.add(count, ordering: .relaxed)
        if now > peak.load(ordering: .relaxed) { peak.store(now, ordering: .relaxed) }
        if count > largest.load(ordering: .relaxed) { largest.store(count, ordering: .relaxed) }
    }

    private static func remove(_ pointer: UnsafeRawPointer?) {
        guard let pointer, let sizeOf else { return }
        live.subtract(sizeOf(pointer), ordering: .relaxed)
    }
}
