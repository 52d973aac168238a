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

    /// Magnitude that each level stands for, ascending. 600,000 for 32-bit integers and the least
    /// bound.
    let values: [UInt64]

    /// All levels up to a magnitude; the last one may be cut off to it.
    init(bound: Double, largest: UInt64) {
        precondition(Self.bounds.contains(bound), "the bound is one that levels are made for")
        precondition(largest <= 1 << 32, "sums and products must be exact")
        var values: [UInt64] = [0]
        var least: UInt64 = 1
        while true {
            let level = min(least + Self.allowance(bound, least), largest)
            values.append(level)
            var next = level
            // Ends of bins lie at level / (1 - p): begin a little before and walk.
            let guess = (Double(level) / (1 - bound)).rounded(.down)
            if UInt64(guess) > next { next = UInt64(guess) }
            while next > level, next - level > Self.allowance(bound, next) { next -= 1 }
            while next < largest, next + 1 - level <= Self.allowance(bound, next + 1) { next += 1 }
            guard next < largest else { break }
            least = next + 1
        }
        self.values = values
    }

    /// The whole error that a magnitude may have.
    @inline(__always)
    static func allowance(_ bound: Double, _ magnitude: UInt64) -> UInt64 {
        UInt64(bound * Double(magnitude))
    }

    /// The level that stands for a magnitude.
    @inline(__always)
    func index(of magnitude: UInt64, bound: Double) -> Int {
        // Small magnitudes are levels themselves: 1 / p of them.
        if magnitude < UInt64(values.count), values[Int(magnitude)] == magnitude {
            return Int(magnitude)
        }
        var low = 0
        var high = values.count - 1
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < magnitude { low = middle + 1 } else { high = middle }
        }
        // `low` is the first level not below; the one before may reach up to here.
        guard low > 0, values[low] != magnitude else { return low }
        let distance = magnitude - values[low - 1]
        return distance <= Self.allowance(bound, magnitude) ? low - 1 : low
    }
}
