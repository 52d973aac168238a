/// Encodes the bands of one block, in order, with shared scratch memory.
struct BandEncoder<Word: CodedWord> {
    private let layout: WordLayout
    private let words: UnsafeMutablePointer<Word>
    private let chooser: PredictionChooser<Word>
    /// Scratch: the chooser's words, two lines of differences, one band of folded residuals.
    private let scratch: UnsafeMutablePointer<Word>
    private let lines: UnsafeMutablePointer<Word>
    private let folded: UnsafeMutablePointer<Word>

    /// An encoder of the words [bands][lines][samples] at `words`; ``free()`` ends it.
    init(_ layout: WordLayout, words: UnsafeMutablePointer<Word>) {
        self.layout = layout
        self.words = words
        let chooserCount = PredictionChooser<Word>.scratchCount
        let count = chooserCount + 2 * layout.samples + layout.pixelCount
        scratch = .allocate(capacity: count)
        scratch.initialize(repeating: 0, count: count)
        chooser = PredictionChooser(layout, scratch: scratch)
        lines = scratch + chooserCount
        folded = lines + 2 * layout.samples
    }

    /// Gives the scratch memory back.
    func free() { scratch.deallocate() }

    /// Codes one band into its part of the block's planes; returns the chosen prediction.
    func encode(band index: Int, into planes: UnsafeMutablePointer<UInt8>) -> BandPrediction {
        let band = BandNeighbours(words, band: index, pixelCount: layout.pixelCount)
        let prediction = chooser.choose(band)
        var current = lines
        var above = lines + layout.samples
        for line in 0..<layout.lines {
            let start = line * layout.samples
            band.subtractSpectral(prediction, start: start, count: layout.samples, into: current)
            SpatialPrediction.fold(
                current, above: line > 0 ? above : nil, hasLeft: false, count: layout.samples,
                prediction.spatial, into: folded + start)
            swap(&current, &above)
        }
        BytePlanes.split(
            folded, count: layout.pixelCount, planes: planes + index * layout.pixelCount,
            planeByteCount: layout.wordCount)
        return prediction
    }
}
