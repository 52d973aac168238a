import Cube

/// Uniform quantisation of floats: a sample's index is its quotient by the step, rounded, and it
/// stands for Sample(Double(index) x step), or the same with a quotient, each operation rounded
/// once.
///
/// What is too far away, not finite, nodata, or turned into nodata is an exception.
struct FloatQuantizer<Sample: QuantizableFloat>: FloatQuantization {
    private let scale: FloatScale
    /// The largest error; nil where every bit must come back.
    private let bound: Double?
    let nodataValue: Double?

    /// A quantiser for a positive bound in data units. The step is slightly under twice the bound,
    /// so that rounding the product leaves the bound intact; nil where that is no usable step.
    init?(bound: Double, nodataValue: Double?) {
        let step = 2 * bound * (1 - 0x1p-20)
        guard step.isNormal, (1 / step).isNormal else { return nil }
        scale = FloatScale(step: step)
        self.bound = bound
        self.nodataValue = nodataValue
    }

    /// A lossless quantiser, for floats that hold whole numbers by some scale.
    init(scale: FloatScale, nodataValue: Double?) {
        self.scale = scale
        bound = nil
        self.nodataValue = nodataValue
    }

    /// A quantiser with the scale of a stream, for decoding; nil where that is none.
    init?(decoding scale: FloatScale, nodataValue: Double?) {
        guard scale.step.isFinite, scale.step > 0 else { return nil }
        self.scale = scale
        bound = nil
        self.nodataValue = nodataValue
    }

    var representation: SampleRepresentation { scale.isQuotient ? .quotient : .quantized }
    var step: Double { scale.step }
    var repeatsWordAtExceptions: Bool { false }

    @inline(__always)
    func level(_ index: Int32) -> Sample { scale.sample(Double(index)) }

    @inline(__always)
    func quantized(_ sample: Sample) -> (index: Int32, level: Sample)? {
        let rounded = scale.index(of: Double(sample))
        guard abs(rounded) < 0x1p31 else { return nil }
        let level: Sample = scale.sample(rounded)
        if let bound {
            let error = abs(Double(sample) - Double(level))
            guard error <= bound, Double(sample) != nodataValue, Double(level) != nodataValue
            else { return nil }
        } else if level.bitPattern != sample.bitPattern {
            return nil
        }
        return (Int32(rounded), level)
    }
}
