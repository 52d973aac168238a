import CCSDS123
import Cube

/// A block's samples as words, and what is needed to come back from them.
struct RepresentedSamples {
    /// How the words stand for the samples.
    let representation: SampleRepresentation
    /// Distance of two levels in data units, or relative; 0 where the words are the samples.
    let step: Double
    /// Coded ``SampleExceptions``; empty where there are none.
    let exceptions: [UInt8]
    /// [bands][lines][samples] words, of ``PackedPixels`` where that is said.
    let words: WordBlock
    /// Positions of words that may be anything, because exceptions replace them or nothing needs
    /// them; ascending.
    let spared: [Range<Int>]
    /// Whether pixels are left out of `words`.
    let isPacked: Bool
    /// All words, for a coder that can leave out pixels where they lie; nil where there are none
    /// that may be left out, and where packed words are as good.
    let masked: Masked?
    /// CRC-32 of the samples as they will be decoded.
    let checksum: UInt32

    /// A block's words and the pixels of it that are not to be coded.
    struct Masked {
        /// [bands][lines][samples] words.
        let words: WordBlock
        /// Positions of words that may be anything; ascending.
        let spared: [Range<Int>]
        let mask: CCSDSPixelMask
    }

    /// Represents a block within a fidelity, exactly where that is cheaper or all that is possible.
    ///
    /// - Parameter scale: the scale of the cube's floats; nil to look for one in the block.
    init(
        _ block: SampleBlock, fidelity: Fidelity, nodataValue: Double?, scale: FloatScale? = nil
    ) {
        let layout = WordLayout(block)
        if let quantized = Self.quantized(block, layout, fidelity, nodataValue, scale) {
            representation = quantized.representation
            step = quantized.step
            exceptions = quantized.exceptions.encode()
            let ranges = quantized.exceptions.ranges
            let mask = Self.mask(quantized.words.layout, ranges, byteCount: exceptions.count)
            let pixels = mask.flatMap { PackedPixels(quantized.words.layout, $0) }
            masked =
                pixels?.isStraight == true
                ? nil : mask.map { Masked(words: quantized.words, spared: ranges, mask: $0) }
            (words, spared) =
                pixels?.packed(quantized.words, exceptions: ranges) ?? (quantized.words, ranges)
            isPacked = pixels != nil
            checksum = CRC32.checksum(of: quantized.reconstruction)
        } else {
            representation = .exact
            step = 0
            exceptions = []
            spared = []
            isPacked = false
            masked = nil
            checksum = CRC32.checksum(of: block.bytes)
            var bytes = block.bytes
            SampleWords.map(&bytes, block.sampleType)
            words = WordBlock(layout: layout, bytes: bytes)
        }
    }

    private static func mask(
        _ layout: WordLayout, _ exceptions: [Range<Int>], byteCount: Int
    ) -> CCSDSPixelMask? {
        layout.isClaimable(byByteCount: byteCount)
            ? CCSDSPixelMask(layout, exceptions: exceptions) : nil
    }

    private static func quantized(
        _ block: SampleBlock, _ layout: WordLayout, _ fidelity: Fidelity, _ nodata: Double?,
        _ scale: FloatScale?
    ) -> QuantizedSamples? {
        if case .maximumRelativeError(let percent) = fidelity {
            return relative(block, layout, bound: percent / 100, nodata)
        }
        var bound = 0.0
        if case .maximumError(let stated) = fidelity { bound = stated }
        func integers<Sample: QuantizableInteger>(_: Sample.Type) -> QuantizedSamples? {
            let quantizer =
                IntegerQuantizer<Sample>(bound: bound, nodataValue: nodata)
                ?? nodata.flatMap { Sample(exactly: $0) }.map { IntegerQuantizer(sparing: $0) }
            let samples = quantizer?.quantize(block.bytes, layout, block.sampleType)
            // A lossless block without nodata is stored as it is.
            return bound >= 1 || samples?.exceptions.ranges.isEmpty == false ? samples : nil
        }
        func floats<Sample: QuantizableFloat>(_: Sample.Type) -> QuantizedSamples? {
            if bound > 0, let quantizer = FloatQuantizer<Sample>(bound: bound, nodataValue: nodata)
            {
                return quantizer.quantize(block.bytes, layout)
            }
            let scales = [scale, FloatScale.found(in: block, nodataValue: nodata)]
            return scales.lazy.compactMap { $0 }.compactMap { scale in
                FloatQuantizer<Sample>(scale: scale, nodataValue: nodata)
                    .quantize(block.bytes, layout)
            }.first
        }
        switch block.sampleType {
        case .uint8: return integers(UInt8.self)
        case .int16: return integers(Int16.self)
        case .uint16: return integers(UInt16.self)
        case .int32: return integers(Int32.self)
        case .uint32: return integers(UInt32.self)
        case .int64: return integers(Int64.self)
        case .uint64: return integers(UInt64.self)
        case .float32: return floats(Float.self)
        case .float64: return floats(Double.self)
        }
    }

    /// The samples of decoded words of the quantised representation, raw; nil where `step` is none.
    static func restored(
        _ words: WordBlock, _ type: SampleType, step: Double, isQuotient: Bool,
        exceptions: [UInt8], nodataValue: Double?
    ) throws -> [UInt8]? {
        func integers<Sample: QuantizableInteger>(_: Sample.Type) throws -> [UInt8]? {
            guard !isQuotient else { return nil }
            return try IntegerQuantizer<Sample>(step: step, nodataValue: nodataValue)?
                .restore(words.bytes, exceptions: exceptions, type)
        }
        func floats<Sample: QuantizableFloat>(_: Sample.Type) throws -> [UInt8]? {
            let scale = FloatScale(step: step, isQuotient: isQuotient)
            return try FloatQuantizer<Sample>(decoding: scale, nodataValue: nodataValue)?
                .restore(words, exceptions: exceptions)
        }
        switch type {
        case .uint8: return try integers(UInt8.self)
        case .int16: return try integers(Int16.self)
        case .uint16: return try integers(UInt16.self)
        case .int32: return try integers(Int32.self)
        case .uint32: return try integers(UInt32.self)
        case .int64: return try integers(Int64.self)
        case .uint64: return try integers(UInt64.self)
        case .float32: return try floats(Float.self)
        case .float64: return try floats(Double.self)
        }
    }
}
