import Cube

/// Samples within a relative error.
extension RepresentedSamples {
    /// A block as indices of levels whose distances grow with the samples; nil where that is not
    /// worth it. 64-bit integers stay exact: their levels would be too many to hold.
    static func relative(
        _ block: SampleBlock, _ layout: WordLayout, bound: Double, _ nodata: Double?
    ) -> QuantizedSamples? {
        func integers<Sample: QuantizableInteger>(_: Sample.Type) -> QuantizedSamples? {
            RelativeIntegerQuantizer<Sample>(bound: bound, nodataValue: nodata)
                .quantize(block.bytes, layout, block.sampleType)
        }
        return switch block.sampleType {
        case .uint8: integers(UInt8.self)
        case .int16: integers(Int16.self)
        case .uint16: integers(UInt16.self)
        case .int32: integers(Int32.self)
        case .uint32: integers(UInt32.self)
        case .int64, .uint64: nil
        case .float32:
            RelativeFloatQuantizer<Float>(bound: bound, nodataValue: nodata)
                .quantize(block.bytes, layout)
        case .float64:
            RelativeFloatQuantizer<Double>(bound: bound, nodataValue: nodata)
                .quantize(block.bytes, layout)
        }
    }

    /// The samples of decoded words of the relative representation, raw; nil where `bound` is none.
    static func restored(
        _ words: WordBlock, _ type: SampleType, bound: Double, exceptions: [UInt8],
        nodataValue: Double?
    ) throws -> [UInt8]? {
        guard RelativeLevels.bounds.contains(bound) else { return nil }
        func integers<Sample: QuantizableInteger>(_: Sample.Type) throws -> [UInt8] {
            try RelativeIntegerQuantizer<Sample>(
                decodingBound: bound, nodataValue: nodataValue, words: words.bytes, type
            ).restore(words.bytes, exceptions: exceptions, type)
        }
        return switch type {
        case .uint8: try integers(UInt8.self)
        case .int16: try integers(Int16.self)
        case .uint16: try integers(UInt16.self)
        case .int32: try integers(Int32.self)
        case .uint32: try integers(UInt32.self)
        case .int64, .uint64: nil
        case .float32:
            try RelativeFloatQuantizer<Float>(decodingBound: bound, nodataValue: nodataValue)
                .restore(words, exceptions: exceptions)
        case .float64:
            try RelativeFloatQuantizer<Double>(decodingBound: bound, nodataValue: nodataValue)
                .restore(words, exceptions: exceptions)
        }
    }
}
