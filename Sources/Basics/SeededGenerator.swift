import Glibc

/// SplitMix64 (Steele, Lea and Flood, 2014): a small generator with a stated algorithm, so that a
/// seed recorded in a manifest gives the same numbers for ever.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Codable, Equatable {
    /// The whole state; saving it in a checkpoint resumes the sequence.
    public var state: UInt64

    /// Starts the sequence of one seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A uniform value in [0, 1) with 24 random bits.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A uniform value in [low, high).
    public mutating func uniform(in low: Float, _ high: Float) -> Float {
        low + (high - low) * uniform()
    }

    /// A uniform index in 0..<count, without modulo bias worth the name (multiply-shift).
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "an index needs a non-empty range")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// A standard normal value (Box and Muller, 1958).
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - Double(next() >> 11) * 0x1p-53)).squareRoot()
        return radius * cos(2 * Double.pi * Double(next() >> 11) * 0x1p-53)
    }
}
