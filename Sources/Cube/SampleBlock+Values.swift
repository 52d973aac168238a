/// Typed views and conversions of a block's samples.
extension SampleBlock {
    /// The samples of one band as doubles, [lines][samples]; `position` counts within the block.
    public func plane(ofBandAt position: Int) -> [Double] {
        let range = position * window.pixelCount..<(position + 1) * window.pixelCount
        return values(in: range, as: Double.self)
    }

    /// All samples as 4-byte floats, [bands][lines][samples]. Exact for up to 24-bit integers.
    public func floats() -> [Float] { values(in: 0..<sampleCount, as: Float.self) }

    /// All samples as 8-byte floats, [bands][lines][samples]. Exact for up to 53-bit integers.
    public func doubles() -> [Double] { values(in: 0..<sampleCount, as: Double.self) }

    /// A block of the same place from real values, rounded to nearest and clamped where the sample
    /// type is an integer; NaN becomes 0 there.
    public init(
        window: CubeWindow, bandIndices: [Int], sampleType: SampleType, values: [Float]
    ) {
        self.init(zeroed: window, bandIndices: bandIndices, sampleType: sampleType)
        precondition(values.count == sampleCount, "one value per sample")
        switch sampleType {
        case .uint8: store(values, as: UInt8.self)
        case .int16: store(values, as: Int16.self)
        case .uint16: store(values, as: UInt16.self)
        case .int32: store(values, as: Int32.self)
        case .uint32: store(values, as: UInt32.self)
        case .int64: store(values, as: Int64.self)
        case .uint64: store(values, as: UInt64.self)
        case .float32: store(values) { (value: Float) in value }
        case .float64: store(values) { (value: Float) in Double(value) }
        }
    }

    private func values<Value: BinaryFloatingPoint>(
        in range: Range<Int>, as type: Value.Type
    ) -> [Value] {
        switch sampleType {
        case .uint8: load(range) { (sample: UInt8) in Value(sample) }
        case .int16: load(range) { (sample: Int16) in Value(sample) }
        case .uint16: load(range) { (sample: UInt16) in Value(sample) }
        case .int32: load(range) { (sample: Int32) in Value(sample) }
        case .uint32: load(range) { (sample: UInt32) in Value(sample) }
        case .int64: load(range) { (sample: Int64) in Value(sample) }
        case .uint64: load(range) { (sample: UInt64) in Value(sample) }
        case .float32: load(range) { (sample: Float) in Value(sample) }
        case .float64: load(range) { (sample: Double) in Value(sample) }
        }
    }

    @inline(__always)
    private func load<Sample, Value>(
        _ range: Range<Int>, _ convert: (Sample) -> Value
    ) -> [Value] {
        bytes.withUnsafeBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            return [Value](unsafeUninitializedCapacity: range.count) { buffer, count in
                for (position, index) in range.enumerated() {
                    buffer.initializeElement(at: position, to: convert(samples[index]))
                }
                count = range.count
            }
        }
    }

    private mutating func store<Sample: FixedWidthInteger>(
        _ values: [Float], as type: Sample.Type
    ) {
        let low = Double(Sample.min)
        let high = Double(Sample.max)
        store(values) { (value: Float) -> Sample in
            let rounded = Double(value).rounded(.toNearestOrEven)
            if rounded.isNaN { return 0 }
            if rounded <= low { return .min }
            if rounded >= high { return .max }
            // The generic conversion from a double costs ten times this one.
            return Sample.bitWidth < 64
                ? Sample(truncatingIfNeeded: Int64(rounded)) : Sample(rounded)
        }
    }

    @inline(__always)
    private mutating func store<Sample>(_ values: [Float], _ convert: (Float) -> Sample) {
        bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            for index in values.indices { samples[index] = convert(values[index]) }
        }
    }
}
