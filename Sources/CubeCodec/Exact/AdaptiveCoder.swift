import Basics
import CAdaptivePredictor

/// The third exact coder, for patient archives: two weighted least-squares predictions whose
/// coefficients follow the data, and a range coder on a mixture of distributions around them.
///
/// Some 14 % shorter than the public standard with tuned parameters, and 15 times slower. The
/// kernels compute with doubles in one fixed order, so every machine decodes the same bits.
///
/// The payload is that of ``VaryingBands``, the greatest offset of a coded word from the least one
/// as uint32, and the range coder's bytes, which CAdaptivePredictor explains.
public struct AdaptiveCoder: ExactCoder {
    /// Number 3.
    public static let identifier = ExactCoderIdentifier.adaptive
    /// The kernels count the pixels of a block, and steps between them, in 32 bits.
    static let maximumPixelCount = 1 << 28
    private static let structure = "a block of the adaptive coder"

    /// Whether kernels are held to the processor's base instructions; the bytes are the same.
    private let isPortable: Bool

    /// A coder; it has no settings.
    ///
    /// - Parameter isPortable: takes the compiler's base instructions instead of this processor's
    ///   best. Slower, with the same results: to prove that they are the same.
    public init(isPortable: Bool = false) { self.isPortable = isPortable }

    /// Codes a block; nil where its words range over more than 32 bits, where nothing or hardly
    /// anything in it varies, and where the stream would be longer than the words.
    public func encode(_ words: WordBlock) -> [UInt8]? {
        let layout = words.layout
        let ranges = words.bandRanges()
        let coded = ranges.indices.filter { ranges[$0].lowerBound < ranges[$0].upperBound }
        guard let minimum = coded.map({ ranges[$0].lowerBound }).min(),
            let highest = coded.map({ ranges[$0].upperBound }).max(),
            let maximum = UInt32(exactly: UInt64(bitPattern: highest &- minimum)),
            layout.pixelCount <= Self.maximumPixelCount
        else { return nil }
        let bands = VaryingBands(minimum: minimum, coded: coded, ranges: ranges)
        let extent = Self.extent(layout, bandCount: coded.count, maximum: maximum)
        guard let stream = stream(words.offsets(of: coded, above: minimum), extent, layout)
        else { return nil }
        var writer = ByteWriter()
        bands.write(layout, to: &writer)
        writer.write(maximum)
        writer.write(bytes: stream)
        return layout.isClaimable(byByteCount: writer.bytes.count) ? writer.bytes : nil
    }

    /// Decodes a block.
    ///
    /// - Throws: ``BasicsError`` where the payload is damaged.
    public func decode(_ payload: ArraySlice<UInt8>, layout: WordLayout) throws -> WordBlock {
        var reader = ByteReader(Array(payload), structure: Self.structure)
        guard layout.pixelCount <= Self.maximumPixelCount,
            layout.isClaimable(byByteCount: payload.count)
        else { throw reader.malformed("\(payload.count) bytes do not fit its layout") }
        let bands = try VaryingBands(reading: &reader, layout: layout)
        let maximum = try reader.read(UInt32.self)
        guard !bands.coded.isEmpty else { throw reader.malformed("no band of it is coded") }
        let extent = Self.extent(layout, bandCount: bands.coded.count, maximum: maximum)
        let count = bands.coded.count * layout.pixelCount
        // [coded bands][lines][samples]
        var offsets = [Int32](repeating: 0, count: count)
        let stream = try reader.readBytes(reader.remainingByteCount)
        let status = offsets.withUnsafeMutableBytes { values in
            stream.withUnsafeBufferPointer { bytes in
                withUnsafePointer(to: extent) { extent in
                    cadaptive_decode(
                        extent, values.assumingMemoryBound(to: UInt32.self).baseAddress,
                        bytes.baseAddress, bytes.count, isPortable)
                }
            }
        }
        guard status == 0 else {
            throw reader.malformed(
                Int(status) == CADAPTIVE_NO_MEMORY
                    ? "there is no memory to decode it" : "a value in it is out of range")
        }
        return bands.block(layout, offsets: offsets)
    }

    /// The range coder's bytes; nil where they would be more than the words'.
    private func stream(
        _ offsets: [Int32], _ extent: cadaptive_layout, _ layout: WordLayout
    ) -> [UInt8]? {
        let capacity = layout.byteCount + 64
        var result: Int64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { bytes, count in
            offsets.withUnsafeBytes { values in
                withUnsafePointer(to: extent) { extent in
                    result = cadaptive_encode(
                        extent, values.assumingMemoryBound(to: UInt32.self).baseAddress,
                        bytes.baseAddress, capacity, isPortable)
                }
            }
            count = Int(max(0, result))
        }
        return result >= 0 ? bytes : nil
    }

    private static func extent(
        _ layout: WordLayout, bandCount: Int, maximum: UInt32
    ) -> cadaptive_layout {
        cadaptive_layout(
            bands: Int32(bandCount), lines: Int32(layout.lines), samples: Int32(layout.samples),
            maximum: maximum)
    }
}
