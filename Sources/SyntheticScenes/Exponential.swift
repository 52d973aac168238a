/// The exponential function from additions and multiplications only.
///
/// Every sample of a scene must be the same on every machine, and the C library's exp is not: it
/// picks a variant by processor. Basic IEEE 754 operations are.
enum Exponential {
    /// e to the power of `x`, to about 1e-13 relative, for x in -700...700.
    static func double(_ x: Double) -> Double {
        let clamped = max(-700, min(700, x))
        let power = (clamped * 1.4426950408889634).rounded(.toNearestOrEven)
        let rest = clamped - power * 0.6931471805599453
        var sum = 1.0
        for order in stride(from: 12.0, through: 1, by: -1) { sum = 1 + sum * rest / order }
        return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
    }

    /// e to the power of `x`, to about 1e-5 relative, for x in -80...0.
    @inline(__always)
    static func float(_ x: Float) -> Float {
        let scaled = max(-80, x) * 1.4426950409
        // Adding 1.5 x 2^23 rounds to the nearest integer and leaves it in the low bits.
        let shifted = scaled + 12_582_912
        let rest = (scaled - (shifted - 12_582_912)) * 0.69314718056
        let polynomial =
            1 + rest * (1 + rest * (0.5 + rest * (0.16666667 + rest * 0.041666667)))
        let exponent = shifted.bitPattern &- Float(12_582_912).bitPattern
        return polynomial * Float(bitPattern: (exponent &+ 127) << 23)
    }
}
