/// The limits of a sample type and how its samples lie in `Int32` storage (section 3.3).
struct SampleRange: Equatable, Sendable {
    /// Dynamic range D in bits, 2...32.
    let bitDepth: Int
    let isSigned: Bool

    /// s_min...s_max.
    var limits: ClosedRange<Int> {
        isSigned ? -(1 << (bitDepth - 1))...(1 << (bitDepth - 1)) - 1 : 0...(1 << bitDepth) - 1
    }

    /// s_mid.
    var middle: Int { isSigned ? 0 : 1 << (bitDepth - 1) }

    /// The sample held by `stored`.
    func value(_ stored: Int32) -> Int {
        isSigned ? Int(stored) : Int(UInt32(bitPattern: stored))
    }

    /// How `value`, which is inside the limits, is stored.
    func stored(_ value: Int) -> Int32 { Int32(truncatingIfNeeded: value) }

    /// Throws when one of `values` is outside the limits.
    func check(_ values: [Int32]) throws(CCSDSError) {
        var lowest = Int.max
        var highest = Int.min
        if isSigned {
            lowest = Int(values.min() ?? 0)
            highest = Int(values.max() ?? 0)
        } else {
            lowest = 0
            highest = Int(values.reduce(UInt32(0)) { Swift.max($0, UInt32(bitPattern: $1)) })
        }
        guard limits.contains(lowest) else {
            throw .sampleOutOfRange(value: lowest, allowed: limits)
        }
        guard limits.contains(highest) else {
            throw .sampleOutOfRange(value: highest, allowed: limits)
        }
    }
}
