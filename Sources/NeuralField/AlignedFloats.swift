import Glibc

/// A buffer of floats on a cache-line boundary, zero at first.
///
/// Invariant: whoever shares it across threads lets at most one of them write any element at a
/// time.
final class AlignedFloats: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) {
        let byteCount = max(1, count).roundedUp(to: 16) * MemoryLayout<Float>.stride
        guard let memory = aligned_alloc(64, byteCount) else { fatalError("out of memory") }
        memset(memory, 0, byteCount)
        start = memory.assumingMemoryBound(to: Float.self)
        self.count = count
    }

    deinit { free(start) }

    /// Copies a whole array to an offset.
    func copy(from values: [Float], at offset: Int) {
        precondition(offset + values.count <= count, "a copy stays inside its buffer")
        values.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            (start + offset).update(from: base, count: source.count)
        }
    }

    func clear() { start.update(repeating: 0, count: count) }
}
