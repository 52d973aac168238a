import Cube

/// From and to blocks of a cube.
extension CCSDSImage {
    /// The samples of a block, with the smallest bit depth that holds them.
    ///
    /// - Throws: ``CCSDSError/unsupported(feature:)`` for floats and 64-bit integers;
    ///   ``CubeError`` for an empty block.
    public init(_ block: SampleBlock) throws {
        let geometry = try CubeGeometry(
            lines: block.window.lines.count, samples: block.window.samples.count,
            bands: block.bandCount)
        let values: [Int32] =
            switch block.sampleType {
            case .uint8: block.bytes.map { Int32($0) }
            case .int16: Self.load(block) { (sample: Int16) in Int32(sample) }
            case .uint16: Self.load(block) { (sample: UInt16) in Int32(sample) }
            case .int32: Self.load(block) { (sample: Int32) in sample }
            case .uint32: Self.load(block) { (sample: UInt32) in Int32(bitPattern: sample) }
            case .int64, .uint64, .float32, .float64:
                throw CCSDSError.unsupported(feature: "\(block.sampleType.rawValue) samples")
            }
        let isSigned = block.sampleType.isSignedInteger
        self.init(
            geometry: geometry, bitDepth: Self.bitDepth(holding: values, isSigned: isSigned),
            isSigned: isSigned, values: values)
    }

    /// The samples as a block of the named type, which must be an integer of at most 32 bits and
    /// wide enough for the bit depth. `window` and `bandIndices` say where in its cube the image
    /// was.
    public func block(
        window: CubeWindow, bandIndices: [Int], sampleType: SampleType
    ) throws(CCSDSError) -> SampleBlock {
        let type = SampleRange(
            bitDepth: 8 * sampleType.byteCount, isSigned: sampleType.isSignedInteger)
        guard !sampleType.isFloatingPoint, sampleType.byteCount <= 4,
            type.limits.contains(sampleRange.lowerBound),
            type.limits.contains(sampleRange.upperBound)
        else { throw .unsupported(feature: "\(bitDepth)-bit samples as \(sampleType.rawValue)") }
        var bytes = [UInt8](repeating: 0, count: values.count * sampleType.byteCount)
        bytes.withUnsafeMutableBytes { raw in
            for (index, value) in values.enumerated() {
                switch sampleType.byteCount {
                case 1:
                    raw.storeBytes(
                        of: UInt8(truncatingIfNeeded: value), toByteOffset: index, as: UInt8.self)
                case 2:
                    raw.storeBytes(
                        of: Int16(truncatingIfNeeded: value).littleEndian,
                        toByteOffset: 2 * index, as: Int16.self)
                default:
                    raw.storeBytes(
                        of: value.littleEndian, toByteOffset: 4 * index, as: Int32.self)
                }
            }
        }
        return SampleBlock(
            window: window, bandIndices: bandIndices, sampleType: sampleType, bytes: bytes)
    }

    private static func load<Sample>(
        _ block: SampleBlock, _ convert: (Sample) -> Int32
    ) -> [Int32] {
        block.bytes.withUnsafeBytes { raw in
            let size = MemoryLayout<Sample>.size
            return (0..<raw.count / size).map { index in
                convert(raw.loadUnaligned(fromByteOffset: index * size, as: Sample.self))
            }
        }
    }
}
