import Basics

/// How the words of one band of one block are predicted: from earlier bands, then from neighbours.
///
/// All arithmetic wraps at the width of a word, except that `linear` is computed in 32 bits for
/// words of 1 and 2 bytes and in 64 bits for wider ones (wrapping too), then cut to the word.
struct BandPrediction: Equatable, Sendable {
    /// What is subtracted at the same pixel.
    enum Spectral: UInt8, CaseIterable, Sendable {
        /// Nothing.
        case none = 0
        /// The previous band.
        case previous = 1
        /// offset + ((first * previous + second * the one before + 2048) >> 12).
        case linear = 2
    }

    /// What is then subtracted of the differences around the pixel. Outside the block's first line
    /// the line above is there; outside its first sample the left one.
    enum Spatial: UInt8, CaseIterable, Sendable {
        /// Nothing.
        case none = 0
        /// The left neighbour; in the first column the one above; 0 in the corner.
        case left = 1
        /// The median of left, above and left + above - above-left, as in JPEG-LS (ITU-T T.87,
        /// A.4.1), compared as signed words; in the first line left, in the first column above,
        /// 0 in the corner.
        case median = 2
    }

    /// Binary digits of the coefficients' fraction.
    static let fractionBits = 12

    var spectral = Spectral.none
    var spatial = Spatial.none
    /// Weights of the two previous bands, in units of 1/4096.
    var first: Int16 = 0
    var second: Int16 = 0
    /// Added to the weighted sum; fits the word.
    var offset: Int64 = 0

    /// Bytes of a prediction in the stream, for words of some width.
    static func byteCount(wordByteCount: Int) -> Int { 5 + wordByteCount }

    /// Appends the prediction.
    func write<Word: CodedWord>(to writer: inout ByteWriter, _: Word.Type) {
        writer.write(spectral.rawValue | spatial.rawValue << 4)
        writer.write(first)
        writer.write(second)
        writer.write(Word(truncatingIfNeeded: offset))
    }

    /// Reads a prediction.
    ///
    /// - Throws: ``BasicsError`` where the bytes name no prediction.
    static func read<Word: CodedWord>(
        from reader: inout ByteReader, _: Word.Type
    ) throws(BasicsError) -> BandPrediction {
        let kind = try reader.read(UInt8.self)
        guard let spectral = Spectral(rawValue: kind & 15),
            let spatial = Spatial(rawValue: kind >> 4)
        else { throw reader.malformed("unknown band prediction \(kind)") }
        return BandPrediction(
            spectral: spectral, spatial: spatial, first: try reader.read(Int16.self),
            second: try reader.read(Int16.self), offset: Int64(try reader.read(Word.self)))
    }
}
