/// A piece of a cube in memory: some lines, samples and bands, as raw little-endian samples.
///
/// `bytes` is band-sequential within the block: [bands][lines][samples], each sample
/// `sampleType.byteCount` bytes, bit for bit as the source had it (only its byte order normalised).
public struct SampleBlock: Sendable, Equatable {
    /// Where the block lies in its cube.
    public let window: CubeWindow
    /// Indices of the block's bands in its cube, in the block's order.
    public let bandIndices: [Int]
    /// The type of every sample.
    public let sampleType: SampleType
    /// [bands][lines][samples] raw samples.
    public var bytes: [UInt8]

    /// A block over existing samples.
    public init(
        window: CubeWindow, bandIndices: [Int], sampleType: SampleType, bytes: [UInt8]
    ) {
        let sampleCount = window.pixelCount * bandIndices.count
        precondition(
            bytes.count == sampleCount * sampleType.byteCount,
            "a block's bytes must match its window, bands and sample type")
        self.window = window
        self.bandIndices = bandIndices
        self.sampleType = sampleType
        self.bytes = bytes
    }

    /// A block of zero samples, to be filled.
    public init(zeroed window: CubeWindow, bandIndices: [Int], sampleType: SampleType) {
        let byteCount = window.pixelCount * bandIndices.count * sampleType.byteCount
        self.init(
            window: window, bandIndices: bandIndices, sampleType: sampleType,
            bytes: [UInt8](repeating: 0, count: byteCount))
    }

    /// Number of bands in the block.
    public var bandCount: Int { bandIndices.count }

    /// Number of samples in the block.
    public var sampleCount: Int { window.pixelCount * bandIndices.count }

    /// Bytes of one band's plane.
    public var planeByteCount: Int { window.pixelCount * sampleType.byteCount }
}
