import Cube

/// A rule by which integers become words of their own width and come back, and the walk over a
/// block that every such rule shares.
///
/// Nodata samples come back exactly, and no other sample comes back as nodata. So nodata samples
/// are exceptions, whose words coders may choose, and so is what would become nodata.
protocol IntegerQuantization<Sample> {
    associatedtype Sample: QuantizableInteger

    var representation: SampleRepresentation { get }
    /// What the stream states so that a decoder finds the same levels.
    var statedStep: Double { get }
    var nodata: Sample? { get }

    /// A sample's word and reconstruction.
    func quantized(_ sample: Sample) -> (word: Sample, level: Sample)
    /// The reconstruction of a word, which may be a hostile one.
    func level(ofWord word: Sample) -> Sample
}

extension IntegerQuantization {
    /// Quantises raw samples; nil where exceptions would cost more than the quantiser saves.
    func quantize(_ bytes: [UInt8], _ layout: WordLayout, _ type: SampleType) -> QuantizedSamples? {
        var exceptions = SampleExceptions()
        var words = bytes
        var reconstruction = bytes
        words.withUnsafeMutableBytes { rawWords in
            reconstruction.withUnsafeMutableBytes { rawSamples in
                let indices = rawWords.assumingMemoryBound(to: Sample.self)
                let samples = rawSamples.assumingMemoryBound(to: Sample.self)
                for position in samples.indices {
                    let sample = samples[position]
                    let (word, level) = quantized(sample)
                    indices[position] = word
                    samples[position] = level
                    if sample == nodata || (level == nodata && level != sample) {
                        samples[position] = sample
                        exceptions.add(position, isNodata: sample == nodata, bits: sample)
                    }
                }
            }
        }
        guard exceptions.approximateByteCount <= bytes.count / 8 else { return nil }
        SampleWords.map(&words, type)
        return QuantizedSamples(
            representation: representation, step: statedStep, exceptions: exceptions.closed(),
            words: WordBlock(layout: layout, bytes: words), reconstruction: reconstruction)
    }

    /// Turns decoded words into raw samples.
    func restore(_ words: [UInt8], exceptions: [UInt8], _ type: SampleType) throws -> [UInt8] {
        var bytes = words
        SampleWords.map(&bytes, type)
        try bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            for position in samples.indices {
                samples[position] = level(ofWord: samples[position])
            }
            try SampleExceptions.apply(exceptions, to: samples, nodata: nodata)
        }
        return bytes
    }
}
