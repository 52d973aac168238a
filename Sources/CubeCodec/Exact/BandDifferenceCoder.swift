import Basics

/// The first exact coder: every band is predicted from the two before it or from its neighbours,
/// whichever a quick measurement finds cheaper; the folded residuals go out as planes of bytes,
/// which zstd packs well because the higher planes are almost all zero.
///
/// The payload is one ``BandPrediction`` per band, then the planes; its length follows from the
/// layout alone. A constant band leaves nothing but zeros.
public struct BandDifferenceCoder: ExactCoder {
    /// Number 1.
    public static let identifier = ExactCoderIdentifier.bandDifference

    /// The coder has no settings.
    public init() {}

    /// Codes a block; never fails and never is nil.
    public func encode(_ words: WordBlock) -> [UInt8]? { coded(words) }

    /// The payload of a block.
    func coded(_ words: WordBlock) -> [UInt8] {
        switch words.layout.wordByteCount {
        case 1: encode(words, as: Int8.self)
        case 2: encode(words, as: Int16.self)
        case 4: encode(words, as: Int32.self)
        default: encode(words, as: Int64.self)
        }
    }

    /// Decodes a block.
    ///
    /// - Throws: ``BasicsError`` where the payload has another length than the layout asks for, or
    ///   names a prediction that does not exist.
    public func decode(_ payload: ArraySlice<UInt8>, layout: WordLayout) throws -> WordBlock {
        switch layout.wordByteCount {
        case 1: try decode(payload, layout, as: Int8.self)
        case 2: try decode(payload, layout, as: Int16.self)
        case 4: try decode(payload, layout, as: Int32.self)
        default: try decode(payload, layout, as: Int64.self)
        }
    }

    /// Bytes of all bands' predictions.
    private func predictionByteCount(_ layout: WordLayout) -> Int {
        layout.bands * BandPrediction.byteCount(wordByteCount: layout.wordByteCount)
    }

    private func encode<Word: CodedWord>(_ block: WordBlock, as _: Word.Type) -> [UInt8] {
        let layout = block.layout
        var predictions = ByteWriter()
        var source = block.bytes
        let planes = [UInt8](unsafeUninitializedCapacity: layout.byteCount) { planes, count in
            source.withUnsafeMutableBytes { raw in
                guard let words = raw.assumingMemoryBound(to: Word.self).baseAddress,
                    let target = planes.baseAddress
                else { return }
                let encoder = BandEncoder(layout, words: words)
                defer { encoder.free() }
                for band in 0..<layout.bands {
                    encoder.encode(band: band, into: target).write(to: &predictions, Word.self)
                }
            }
            count = layout.byteCount
        }
        return predictions.bytes + planes
    }

    private func decode<Word: CodedWord>(
        _ payload: ArraySlice<UInt8>, _ layout: WordLayout, as _: Word.Type
    ) throws -> WordBlock {
        let name = "a block of band differences"
        // Fewer bytes than words come first: with them the bands are few enough to count with.
        guard payload.count >= layout.byteCount,
            payload.count == predictionByteCount(layout) + layout.byteCount
        else {
            throw BasicsError.malformed(
                structure: name, reason: "\(payload.count) bytes do not fit its layout")
        }
        let headByteCount = predictionByteCount(layout)
        var reader = ByteReader(Array(payload.prefix(headByteCount)), structure: name)
        var block = WordBlock(zeroed: layout)
        try block.bytes.withUnsafeMutableBytes { raw in
            try payload.dropFirst(headByteCount).withUnsafeBufferPointer { planes in
                guard let words = raw.assumingMemoryBound(to: Word.self).baseAddress,
                    let source = planes.baseAddress
                else { return }
                let decoder = BandDecoder(layout, words: words)
                for band in 0..<layout.bands {
                    let prediction = try BandPrediction.read(from: &reader, Word.self)
                    decoder.decode(band: band, prediction, from: source)
                }
            }
        }
        return block
    }
}
