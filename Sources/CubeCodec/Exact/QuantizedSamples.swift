/// Samples as quantiser indices with exceptions: what a quantiser hands to a coder.
struct QuantizedSamples {
    /// Distance of two reconstruction levels, in data units.
    let step: Double
    /// Samples that the words do not give.
    let exceptions: [UInt8]
    /// [bands][lines][samples] indices, as order-preserving signed words.
    let words: WordBlock
    /// The samples as they will be decoded, raw and little-endian.
    let reconstruction: [UInt8]
}
