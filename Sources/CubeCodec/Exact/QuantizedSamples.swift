/// Samples as quantiser indices with exceptions: what a quantiser hands to a coder.
struct QuantizedSamples {
    /// How the indices are to be understood.
    var representation = SampleRepresentation.quantized
    /// Distance of two reconstruction levels, in data units; where it is relative, the largest
    /// error as a fraction of a sample.
    let step: Double
    /// Samples that the words do not give.
    let exceptions: SampleExceptions
    /// [bands][lines][samples] indices, as order-preserving signed words.
    let words: WordBlock
    /// The samples as they will be decoded, raw and little-endian.
    let reconstruction: [UInt8]
}
