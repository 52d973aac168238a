import Cube

/// A rule by which floats become 32-bit words and come back, and the walk over a block that every
/// such rule shares.
///
/// Whatever does not come back as it must is an exception, found by decoding every sample while
/// encoding it.
protocol FloatQuantization<Sample> {
    associatedtype Sample: QuantizableFloat

    var representation: SampleRepresentation { get }
    /// What the stream states so that a decoder finds the same levels.
    var step: Double { get }
    var nodataValue: Double? { get }
    /// Whether an exception's word repeats the one before, which disturbs prediction least, rather
    /// than being 0.
    var repeatsWordAtExceptions: Bool { get }

    /// A sample's index and reconstruction; nil for an exception.
    func quantized(_ sample: Sample) -> (index: Int32, level: Sample)?
    /// The reconstruction of an index, which may be a hostile one.
    func level(_ index: Int32) -> Sample
}

extension FloatQuantization {
    /// Quantises raw samples; nil where exceptions would cost more than the quantiser saves.
    func quantize(_ bytes: [UInt8], _ layout: WordLayout) -> QuantizedSamples? {
        var exceptions = SampleExceptions()
        let exceptionLimit = bytes.count / 8
        var words = WordBlock(
            zeroed: WordLayout(
                bands: layout.bands, lines: layout.lines, samples: layout.samples,
                wordByteCount: 4))
        var reconstruction = bytes
        words.bytes.withUnsafeMutableBytes { rawWords in
            reconstruction.withUnsafeMutableBytes { rawSamples in
                let indices = rawWords.assumingMemoryBound(to: Int32.self)
                let samples = rawSamples.assumingMemoryBound(to: Sample.self)
                var previous: Int32 = 0
                for position in samples.indices {
                    let sample = samples[position]
                    if let (index, level) = quantized(sample) {
                        indices[position] = index
                        samples[position] = level
                        if repeatsWordAtExceptions { previous = index }
                    } else {
                        indices[position] = previous
                        exceptions.add(
                            position, isNodata: sample.bitPattern == nodataBits,
                            bits: sample.bitPattern)
                        if exceptions.approximateByteCount > exceptionLimit { return }
                    }
                }
            }
        }
        guard exceptions.approximateByteCount <= exceptionLimit else { return nil }
        return QuantizedSamples(
            representation: representation, step: step, exceptions: exceptions.closed(),
            words: words, reconstruction: reconstruction)
    }

    /// Turns decoded words into raw samples.
    func restore(_ words: WordBlock, exceptions: [UInt8]) throws -> [UInt8] {
        let byteCount = words.layout.wordCount * MemoryLayout<Sample>.size
        var bytes = [UInt8](repeating: 0, count: byteCount)
        try bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            words.bytes.withUnsafeBytes { rawWords in
                let indices = rawWords.assumingMemoryBound(to: Int32.self)
                for position in samples.indices { samples[position] = level(indices[position]) }
            }
            let bits = raw.assumingMemoryBound(to: Sample.Bits.self)
            try SampleExceptions.apply(exceptions, to: bits, nodata: nodataBits)
        }
        return bytes
    }

    /// The bits of nodata; nil also where it is a NaN, whose bits a conversion may change.
    private var nodataBits: Sample.Bits? {
        nodataValue.flatMap { $0.isNaN ? nil : Sample($0).bitPattern }
    }
}
