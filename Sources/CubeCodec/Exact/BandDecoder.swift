/// Decodes the bands of one block, in order, in place.
struct BandDecoder<Word: CodedWord> {
    private let layout: WordLayout
    private let words: UnsafeMutablePointer<Word>

    /// A decoder into the words [bands][lines][samples] at `words`.
    init(_ layout: WordLayout, words: UnsafeMutablePointer<Word>) {
        self.layout = layout
        self.words = words
    }

    /// Decodes one band from its part of the block's planes; earlier bands are there already.
    func decode(band index: Int, _ prediction: BandPrediction, from planes: UnsafePointer<UInt8>) {
        let count = layout.pixelCount
        let band = BandNeighbours(words, band: index, pixelCount: count)
        BytePlanes.joinUnfolding(
            planes + index * count, planeByteCount: layout.wordCount, count: count,
            into: band.current)
        for line in 0..<layout.lines where prediction.spatial != .none {
            let current = band.current + line * layout.samples
            SpatialPrediction.undo(
                current, above: line > 0 ? current - layout.samples : nil, count: layout.samples,
                prediction.spatial)
        }
        band.addSpectral(prediction, start: 0, count: count, to: band.current)
    }
}
