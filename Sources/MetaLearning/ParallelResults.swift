/// Results of parallel work, [jobs]; nil until a job wrote its own.
///
/// Invariant: one job at a time writes a place, and nobody reads it meanwhile.
final class ParallelResults<Value>: @unchecked Sendable {
    nonisolated(unsafe) let values: UnsafeMutableBufferPointer<Value?>

    init(count: Int) {
        values = .allocate(capacity: count)
        values.initialize(repeating: nil)
    }

    deinit {
        values.deinitialize()
        values.deallocate()
    }
}
