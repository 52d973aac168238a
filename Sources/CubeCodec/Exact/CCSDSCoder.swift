import Basics
import CCSDS123
import Cube

/// The second exact coder: a stream of the public standard CCSDS 123.0-B-2 for the bands that vary,
/// and one value for each band that does not.
///
/// The payload is that of ``VaryingBands`` and the stream, whose samples are words less the least
/// one.
public struct CCSDSCoder: ExactCoder {
    /// Number 2.
    public static let identifier = ExactCoderIdentifier.ccsds123
    private static let structure = "a CCSDS 123 block"

    private let settings: CCSDSCoderSettings
    private let bitDepthLimit: Int

    /// A coder with some cube's settings; decoding needs none.
    ///
    /// - Parameter bitDepthLimit: blocks whose words need more bits are not coded; at most 32.
    public init(settings: CCSDSCoderSettings = CCSDSCoderSettings(), bitDepthLimit: Int = 32) {
        precondition(bitDepthLimit <= 32, "the standard knows no deeper images")
        self.settings = settings
        self.bitDepthLimit = bitDepthLimit
    }

    /// Codes a block; nil where it has more than 65,536 lines, samples or bands, where its words
    /// range over more bits than the limit, and where hardly anything in it varies.
    ///
    /// - Throws: nothing for the settings of a search; ``CCSDSError`` for impossible ones.
    public func encode(_ words: WordBlock) throws -> [UInt8]? { try encode(words, mask: nil) }

    /// The same, without the pixels that a mask leaves out; decoding needs the mask, too.
    func encode(_ words: WordBlock, mask: CCSDSPixelMask?) throws -> [UInt8]? {
        let ranges = words.bandRanges()
        let plan = settings.plan(for: ranges)
        guard
            let image = try Self.image(
                of: words, ranges, bands: plan.codedBands, bitDepthLimit: bitDepthLimit)
        else { return nil }
        let fitted = settings.fitted(image.content, parameters: plan.parameters)
        let stream = try CCSDSEncoder.encode(
            fitted.image, parameters: fitted.parameters, mask: mask)
        var writer = ByteWriter()
        VaryingBands(minimum: image.minimum, coded: plan.codedBands, ranges: ranges)
            .write(words.layout, to: &writer)
        writer.write(bytes: stream)
        // Emptier blocks are left to ``BandDifferenceCoder`` and zstd.
        return words.layout.isClaimable(byByteCount: writer.bytes.count) ? writer.bytes : nil
    }

    /// Decodes a block.
    ///
    /// - Throws: ``BasicsError`` where the payload is damaged.
    public func decode(_ payload: ArraySlice<UInt8>, layout: WordLayout) throws -> WordBlock {
        try decode(payload, layout: layout, mask: nil)
    }

    /// The same for a block that was coded with a mask; words that it leaves out mean nothing.
    func decode(
        _ payload: ArraySlice<UInt8>, layout: WordLayout, mask: CCSDSPixelMask?
    ) throws -> WordBlock {
        var reader = ByteReader(Array(payload), structure: Self.structure)
        guard layout.isClaimable(byByteCount: payload.count) else {
            throw reader.malformed("\(payload.count) bytes are too few for its layout")
        }
        let bands = try VaryingBands(reading: &reader, layout: layout)
        let stream = Array(try reader.readBytes(reader.remainingByteCount))
        let offsets = try Self.offsets(in: stream, layout, mask, bandCount: bands.coded.count)
        return bands.block(layout, offsets: offsets)
    }

    /// The bands to be coded as the standard sees them, with the word that its zeros stand for; nil
    /// where they are none, too many or too deep.
    static func image(
        of words: WordBlock, _ ranges: [ClosedRange<Int64>], bands: [Int], bitDepthLimit: Int
    ) throws -> (content: CCSDSImage, minimum: Int64)? {
        let layout = words.layout
        guard let minimum = bands.map({ ranges[$0].lowerBound }).min(),
            let maximum = bands.map({ ranges[$0].upperBound }).max(),
            UInt64(bitPattern: maximum &- minimum) < 1 << UInt64(bitDepthLimit),
            max(layout.lines, layout.samples, bands.count) <= 1 << 16
        else { return nil }
        let values = words.offsets(of: bands, above: minimum)
        let content = CCSDSImage(
            geometry: try CubeGeometry(
                lines: layout.lines, samples: layout.samples, bands: bands.count),
            bitDepth: CCSDSImage.bitDepth(holding: values, isSigned: false), isSigned: false,
            values: values)
        return (content, minimum)
    }

    /// Decodes the stream and requires the extent that the layout leaves to it.
    private static func offsets(
        in stream: [UInt8], _ layout: WordLayout, _ mask: CCSDSPixelMask?, bandCount: Int
    ) throws -> [Int32] {
        let sampleCount = layout.pixelCount * bandCount
        do {
            let image = try CCSDSDecoder.decode(
                stream, maximumSampleCount: sampleCount, mask: mask
            ).image
            let geometry = image.geometry
            guard geometry.lines == layout.lines, geometry.samples == layout.samples,
                geometry.bands == bandCount, !image.isSigned
            else { throw CCSDSError.malformed(reason: "it holds \(geometry)") }
            return image.values
        } catch let error as CCSDSError {
            throw BasicsError.malformed(structure: structure, reason: error.description)
        }
    }
}
