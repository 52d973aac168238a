/// The scale by which floats are whole numbers: a sample is index x step, or index / step.
///
/// Archives are full of counts that somebody divided by 10,000 or by their largest value. The
/// index is recovered by one double operation and a rounding; that it leads back to every bit is
/// checked sample by sample, and what does not is an exception.
struct FloatScale: Hashable, Sendable {
    /// Factor or divisor, positive and finite.
    let step: Double
    /// Whether samples are quotients by the step rather than products with it.
    var isQuotient = false

    /// The sample of an index: one double operation, rounded once more to the sample's type.
    @inline(__always)
    func sample<Sample: QuantizableFloat>(_ index: Double) -> Sample {
        Sample(isQuotient ? index / step : index * step)
    }

    /// The whole number nearest to a sample's index.
    @inline(__always)
    func index(of sample: Double) -> Double {
        // Adding and subtracting 1.5 x 2^52 rounds to a whole number, ties to even.
        (isQuotient ? sample * step : sample / step) + 0x1.8p52 - 0x1.8p52
    }
}
