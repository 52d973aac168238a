/// The integers that stand for all others within a relative error: level 0 is 0, and each further
/// one is the largest that is near enough to the least magnitude that no level reached yet.
///
/// With p the bound and u that magnitude (1 at first), the level is u + floor(p u), and the next u
/// is the least x above the level with x - level > p x. Sums and differences are exact, products
/// are one double product of p and the magnitude rounded to a double. So small magnitudes are
/// levels themselves, and the others lie about 2 p apart in ratio.
struct RelativeLevels {
    /// Bounds that levels can be made for: those of ``Fidelity/percentRange``, as fractions, and a
    /// little room for what a division by 100 and a float's own rounding leave.
    static let bounds = 0.98e-5...0.5

    private let bound: Double
    private let largest: UInt64
    /// Magnitude of every `stride`th level, ascending; the levels between are walked to. With all
    /// of them there are 600,000 for 32-bit integers and the least bound.
    private let marks: [UInt32]
    private let stride: Int
    /// Levels that there are, or that were asked for.
    let count: Int

    /// The levels up to a magnitude; the last one may be cut off to it.
    ///
    /// - Parameters:
    ///   - lastIndex: the last level that is wanted; further ones are not made.
    ///   - stride: 1, or more to keep fewer levels in memory and find the others slower.
    init(bound: Double, largest: UInt64, lastIndex: Int = .max, stride: Int = 1) {
        precondition(Self.bounds.contains(bound), "the bound is one that levels are made for")
        precondition(largest < 1 << 32, "sums and products must be exact")
        self.bound = bound
        self.largest = largest
        self.stride = stride
        var marks: [UInt32] = [0]
        var level: UInt64 = 0
        var index = 0
        while index < lastIndex,
            let next = Self.next(after: level, bound: bound, largest: largest)
        {
            level = next
            index += 1
            if index % stride == 0 { marks.append(UInt32(level)) }
        }
        self.marks = marks
        count = index + 1
    }

    /// The magnitude that a level stands for.
    @inline(__always)
    func value(at index: Int) -> UInt64 {
        guard stride > 1 else { return UInt64(marks[index]) }
        var level = UInt64(marks[index / stride])
        for _ in 0..<index % stride {
            level = Self.next(after: level, bound: bound, largest: largest) ?? level
        }
        return level
    }

    /// The level that follows one; nil where that reaches up to the largest magnitude.
    private static func next(after level: UInt64, bound: Double, largest: UInt64) -> UInt64? {
        var end = level
        // Ends of bins lie at level / (1 - p): begin a little before and walk.
        let guess = (Double(level) / (1 - bound)).rounded(.down)
        if UInt64(guess) > end { end = UInt64(guess) }
        while end > level, end - level > allowance(bound, end) { end -= 1 }
        while end < largest, end + 1 - level <= allowance(bound, end + 1) { end += 1 }
        guard end < largest else { return nil }
        return min(end + 1 + allowance(bound, end + 1), largest)
    }

    /// The whole error that a magnitude may have.
    @inline(__always)
    static func allowance(_ bound: Double, _ magnitude: UInt64) -> UInt64 {
        UInt64(bound * Double(magnitude))
    }

    /// The level that stands for a magnitude; only where all levels are there, with stride 1.
    @inline(__always)
    func index(of magnitude: UInt64) -> Int {
        // Small magnitudes are levels themselves: 1 / p of them.
        if magnitude < UInt64(marks.count), UInt64(marks[Int(magnitude)]) == magnitude {
            return Int(magnitude)
        }
        var low = 0
        var high = marks.count - 1
        while low < high {
            let middle = (low + high) / 2
            if UInt64(marks[middle]) < magnitude { low = middle + 1 } else { high = middle }
        }
        // `low` is the first level not below; the one before may reach up to here.
        guard low > 0, UInt64(marks[low]) != magnitude else { return low }
        let distance = magnitude - UInt64(marks[low - 1])
        return distance <= Self.allowance(bound, magnitude) ? low - 1 : low
    }
}
