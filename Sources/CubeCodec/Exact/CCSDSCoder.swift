import Basics
import CCSDS123
import Cube

/// The second exact coder: a stream of the public standard CCSDS 123.0-B-2 for the bands that vary,
/// and one value for each band that does not.
///
/// The payload is the least word of the coded bands, a bit per band (set where it is constant), the
/// constants, and the stream, whose samples are words less the least one. Constant bands stay out
/// of the stream because they would stand among the bands that others are predicted from.
public struct CCSDSCoder: ExactCoder {
    /// Number 2.
    public static let identifier = ExactCoderIdentifier.ccsds123
    /// What a payload may stand for at most, so that few bytes cannot claim much memory: words per
    /// byte. Blocks that are emptier are left to ``BandDifferenceCoder`` and zstd.
    static let maximumWordsPerByte = 4096
    private static let structure = "a CCSDS 123 block"
    /// Bytes before the constant bands' bits.
    private static let minimumByteCount = 8

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
    public func encode(_ words: WordBlock) throws -> [UInt8]? {
        let ranges = words.bandRanges()
        let plan = settings.plan(for: ranges)
        guard
            let image = try Self.image(
                of: words, ranges, bands: plan.codedBands, bitDepthLimit: bitDepthLimit)
        else { return nil }
        let fitted = settings.fitted(image.content, parameters: plan.parameters)
        let stream = try CCSDSEncoder.encode(fitted.image, parameters: fitted.parameters)
        var writer = ByteWriter()
        writer.write(image.minimum)
        writer.write(bytes: Self.bits(bands: words.layout.bands, except: plan.codedBands))
        let codedBands = Set(plan.codedBands)
        for band in ranges.indices where !codedBands.contains(band) {
            Self.write(ranges[band].lowerBound, words.layout, to: &writer)
        }
        writer.write(bytes: stream)
        let isDense = words.layout.wordCount / Self.maximumWordsPerByte <= writer.bytes.count
        return isDense ? writer.bytes : nil
    }

    /// Decodes a block.
    ///
    /// - Throws: ``BasicsError`` where the payload is damaged.
    public func decode(_ payload: ArraySlice<UInt8>, layout: WordLayout) throws -> WordBlock {
        var reader = ByteReader(Array(payload), structure: Self.structure)
        guard layout.wordCount / Self.maximumWordsPerByte <= payload.count else {
            throw reader.malformed("\(payload.count) bytes are too few for its layout")
        }
        let minimum = try reader.read(Int64.self)
        let bits = Array(try reader.readBytes((layout.bands + 7) / 8))
        let isConstant = (0..<layout.bands).map { bits[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
        let codedBands = isConstant.indices.filter { !isConstant[$0] }
        let constantBands = isConstant.indices.filter { isConstant[$0] }
        let constants = try constantBands.map { _ in try Self.read(layout, from: &reader) }
        let stream = Array(try reader.readBytes(reader.remainingByteCount))
        let offsets = try Self.offsets(in: stream, layout, bandCount: codedBands.count)
        var block = WordBlock(zeroed: layout)
        block.set(codedBands, to: offsets, above: minimum)
        for (band, value) in zip(constantBands, constants) { block.fill(band: band, with: value) }
        return block
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

    /// Decodes the standard's stream and requires the extent that the layout leaves to it.
    private static func offsets(
        in stream: [UInt8], _ layout: WordLayout, bandCount: Int
    ) throws -> [Int32] {
        do {
            let image = try CCSDSDecoder.decode(
                stream, maximumSampleCount: layout.pixelCount * bandCount
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

    /// A bit for every band, lowest first, set for all but the coded ones.
    private static func bits(bands: Int, except codedBands: [Int]) -> [UInt8] {
        var bits = [UInt8](repeating: 0, count: (bands + 7) / 8)
        for band in 0..<bands { bits[band / 8] |= 1 << UInt8(band % 8) }
        for band in codedBands { bits[band / 8] ^= 1 << UInt8(band % 8) }
        return bits
    }

    private static func write(_ word: Int64, _ layout: WordLayout, to writer: inout ByteWriter) {
        switch layout.wordByteCount {
        case 1: writer.write(Int8(truncatingIfNeeded: word))
        case 2: writer.write(Int16(truncatingIfNeeded: word))
        case 4: writer.write(Int32(truncatingIfNeeded: word))
        default: writer.write(word)
        }
    }

    private static func read(
        _ layout: WordLayout, from reader: inout ByteReader
    ) throws -> Int64 {
        switch layout.wordByteCount {
        case 1: Int64(try reader.read(Int8.self))
        case 2: Int64(try reader.read(Int16.self))
        case 4: Int64(try reader.read(Int32.self))
        default: try reader.read(Int64.self)
        }
    }
}
