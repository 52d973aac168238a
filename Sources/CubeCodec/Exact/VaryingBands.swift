import Basics

/// The head of a payload whose coder leaves constant bands out: the word that coded zeros stand
/// for, and one word for each band that is not coded.
///
/// In the stream: the least word as int64; a bit per band, lowest first, set where the band is
/// constant; the constants, as words. Constant bands stay out because they would stand among the
/// bands that others are predicted from.
struct VaryingBands {
    /// Bytes before the bands' bits.
    static let minimumByteCount = 8

    /// The word that zero stands for.
    let minimum: Int64
    /// The bands that are coded, ascending.
    let coded: [Int]
    /// The word of every other band, in the bands' order.
    let constants: [(band: Int, word: Int64)]

    /// States which bands of a block with these ranges are coded.
    init(minimum: Int64, coded: [Int], ranges: [ClosedRange<Int64>]) {
        self.minimum = minimum
        self.coded = coded
        let codedBands = Set(coded)
        constants = ranges.indices.filter { !codedBands.contains($0) }.map {
            ($0, ranges[$0].lowerBound)
        }
    }

    /// Reads a head from hostile bytes; nothing is allocated before they are known to be there.
    ///
    /// - Throws: ``BasicsError`` where they are too few.
    init(reading reader: inout ByteReader, layout: WordLayout) throws {
        minimum = try reader.read(Int64.self)
        let bits = Array(try reader.readBytes((layout.bands + 7) / 8))
        let isConstant = (0..<layout.bands).map { bits[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
        coded = isConstant.indices.filter { !isConstant[$0] }
        constants = try isConstant.indices.filter { isConstant[$0] }.map {
            ($0, try Self.read(layout, from: &reader))
        }
    }

    /// Writes the head of a block of this layout.
    func write(_ layout: WordLayout, to writer: inout ByteWriter) {
        var bits = [UInt8](repeating: 0, count: (layout.bands + 7) / 8)
        for (band, _) in constants { bits[band / 8] |= 1 << UInt8(band % 8) }
        writer.write(minimum)
        writer.write(bytes: bits)
        for (_, word) in constants { Self.write(word, layout, to: &writer) }
    }

    /// The whole block from the coded bands' offsets, [coded bands][lines][samples].
    func block(_ layout: WordLayout, offsets: [Int32]) -> WordBlock {
        var block = WordBlock(zeroed: layout)
        block.set(coded, to: offsets, above: minimum)
        for (band, word) in constants { block.fill(band: band, with: word) }
        return block
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
