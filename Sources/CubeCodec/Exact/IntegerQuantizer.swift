import Cube

/// Uniform quantisation of integers: with n = floor(bound), the index of x is
/// floor((x + n) / (2n + 1)), and it stands for (2n + 1) times itself, clamped to the type's range.
///
/// Every reconstruction is within n of its sample.
struct IntegerQuantizer<Sample: QuantizableInteger>: IntegerQuantization {
    private typealias Wide = Sample.Widened

    private let halfStep: Wide
    private let step: Wide
    let nodata: Sample?

    /// A quantiser for a bound in data units; nil where it would change nothing.
    init?(bound: Double, nodataValue: Double?) {
        // A larger half step than the type's range gives nothing more; 2^52 keeps 2n + 1 a Double.
        let range = Wide(Sample.max) - Wide(Sample.min)
        let widest = Wide.bitWidth > 64 ? min(range, (Wide(1) << 52) - 1) : range
        let halfStep = Wide(min(bound.rounded(.down), Double(widest)))
        guard halfStep >= 1 else { return nil }
        self.halfStep = halfStep
        step = 2 * halfStep + 1
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    /// A quantiser that changes nothing but leaves nodata out.
    init(sparing nodata: Sample) {
        (halfStep, step) = (0, 1)
        self.nodata = nodata
    }

    /// A quantiser with the step of a stream; nil where that is no step.
    init?(step: Double, nodataValue: Double?) {
        guard let step = Wide(exactly: step), step >= 1 else { return nil }
        self.step = step
        halfStep = (step - 1) / 2
        nodata = nodataValue.flatMap { Sample(exactly: $0) }
    }

    var representation: SampleRepresentation { .quantized }
    var statedStep: Double { Double(step) }

    @inline(__always)
    func quantized(_ sample: Sample) -> (word: Sample, level: Sample) {
        let index = floorQuotient(Wide(sample) + halfStep)
        return (Sample(truncatingIfNeeded: index), value(of: index))
    }

    @inline(__always)
    func level(ofWord word: Sample) -> Sample { value(of: Wide(word)) }

    @inline(__always)
    private func floorQuotient(_ value: Wide) -> Wide {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: step)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The reconstruction level of an index; wraps for hostile indices only.
    @inline(__always)
    private func value(of index: Wide) -> Sample {
        Sample(truncatingIfNeeded: min(max(index &* step, Wide(Sample.min)), Wide(Sample.max)))
    }
}
