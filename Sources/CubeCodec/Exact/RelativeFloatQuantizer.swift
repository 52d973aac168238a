import Cube

/// Quantisation of floats within a relative error: the index of a sample is that of its magnitude
/// among ``RelativeFloatLevels``, with the sample's sign; zero is 0.
///
/// What is too far away, subnormal, not finite, nodata, or turned into nodata is an exception.
struct RelativeFloatQuantizer<Sample: QuantizableFloat>: FloatQuantization {
    /// The largest error as a fraction of a sample; nil for decoding.
    private let bound: Double?
    /// What the levels are made for: a little less than the bound, so that rounding a level to the
    /// sample's type leaves the bound intact.
    let step: Double
    private let levels: RelativeFloatLevels
    let nodataValue: Double?

    /// A quantiser for a bound as a fraction of a sample.
    init(bound: Double, nodataValue: Double?) {
        self.bound = bound
        step = bound * (1 - 0x1p-7)
        levels = RelativeFloatLevels(bound: step)
        self.nodataValue = nodataValue
    }

    /// A quantiser for the bound that a stream states.
    init(decodingBound: Double, nodataValue: Double?) {
        bound = nil
        step = decodingBound
        levels = RelativeFloatLevels(bound: decodingBound)
        self.nodataValue = nodataValue
    }

    var representation: SampleRepresentation { .relative }
    var repeatsWordAtExceptions: Bool { true }

    @inline(__always)
    func level(_ index: Int32) -> Sample {
        if index == 0 { return 0 }
        let level = Sample(levels.level(Int(index.magnitude)))
        return index < 0 ? -level : level
    }

    @inline(__always)
    func quantized(_ sample: Sample) -> (index: Int32, level: Sample)? {
        let number = Double(sample)
        if number == 0 { return number == nodataValue ? nil : (0, 0) }
        guard number.isNormal, number != nodataValue, let bound else { return nil }
        let magnitude = Int32(levels.index(of: abs(number)))
        let index = number < 0 ? -magnitude : magnitude
        let level = level(index)
        guard abs(number - Double(level)) <= bound * abs(number), Double(level) != nodataValue
        else { return nil }
        return (index, level)
    }
}
