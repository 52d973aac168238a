/// Numbers that stand for all normal doubles within a relative error: each octave is cut into
/// eighths, and each eighth into as many equal steps as the bound asks for, whose middles are the
/// levels.
///
/// With p the bound, eighth j = 0...7 of an octave has n(j) = ceil(1 / (16 p (1 + j / 8))) steps,
/// so that half a step is at most p of the least number in it. Every operation is one IEEE 754
/// double operation.
struct RelativeFloatLevels {
    private static let leastExponent = -1022
    /// Steps of each eighth of an octave.
    private let stepCounts: [Int]
    /// Steps of the eighths before each one.
    private let firstSteps: [Int]
    /// Steps of an octave.
    private let octaveStepCount: Int

    /// Levels for a bound as a fraction.
    init(bound: Double) {
        precondition(RelativeLevels.bounds.contains(bound), "the bound is one with levels")
        let counts = (0..<8).map { eighth in
            max(1, Int((1 / (16 * bound * (1 + Double(eighth) / 8))).rounded(.up)))
        }
        stepCounts = counts
        firstSteps = counts.indices.map { counts[..<$0].reduce(0, +) }
        octaveStepCount = stepCounts.reduce(0, +)
    }

    /// The index of the level for a positive normal number, at least 1.
    @inline(__always)
    func index(of number: Double) -> Int {
        let fraction = number.significand - 1
        let eighth = Int(fraction * 8)
        let within = fraction - Double(eighth) / 8
        let count = stepCounts[eighth]
        let step = min(count - 1, Int(within * Double(8 * count)))
        let octave = Int(number.exponent) - Self.leastExponent
        return octave * octaveStepCount + firstSteps[eighth] + step + 1
    }

    /// The level of an index; an index beyond the last octave gives infinity.
    @inline(__always)
    func level(_ index: Int) -> Double {
        let (octave, rest) = (index - 1).quotientAndRemainder(dividingBy: octaveStepCount)
        var eighth = 7
        while rest < firstSteps[eighth] { eighth -= 1 }
        let step = Double(rest - firstSteps[eighth]) + 0.5
        let significand = 1 + Double(eighth) / 8 + step / Double(8 * stepCounts[eighth])
        let exponent = octave + Self.leastExponent
        guard exponent <= Double.greatestFiniteMagnitude.exponent else { return .infinity }
        return Double(sign: .plus, exponent: exponent, significand: significand)
    }
}
