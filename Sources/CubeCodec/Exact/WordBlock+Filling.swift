/// Words that may be anything.
extension WordBlock {
    /// What words that may be anything become, so that they disturb predictions least.
    enum Filling {
        /// The mean of the band's other words: within a filled region nothing varies.
        case byMeans
        /// The word to the left, or else above: whole pixels become copies of their neighbours.
        case byNeighbours
    }

    /// The block with other words at some positions.
    ///
    /// - Parameter spared: the positions, ascending, in ranges that do not touch.
    func filled(_ filling: Filling, at spared: [Range<Int>]) -> WordBlock {
        if spared.isEmpty { return self }
        var result = self
        switch layout.wordByteCount {
        case 1: result.fill(filling, spared, Int8.self)
        case 2: result.fill(filling, spared, Int16.self)
        case 4: result.fill(filling, spared, Int32.self)
        default: result.fill(filling, spared, Int64.self)
        }
        return result
    }

    private mutating func fill<Word: CodedWord>(
        _ filling: Filling, _ spared: [Range<Int>], _: Word.Type
    ) {
        let layout = layout
        bytes.withUnsafeMutableBytes { raw in
            let words = raw.assumingMemoryBound(to: Word.self)
            let means = Self.means(of: words, layout, without: spared)
            for index in spared.joined() {
                let (band, pixel) = index.quotientAndRemainder(dividingBy: layout.pixelCount)
                switch filling {
                case .byNeighbours where pixel % layout.samples > 0:
                    words[index] = words[index - 1]
                case .byNeighbours where pixel > 0: words[index] = words[index - layout.samples]
                case .byNeighbours, .byMeans: words[index] = means[band]
                }
            }
        }
    }

    /// The mean of each band's words that are not spared; where there are none, that of the band
    /// before, which keeps the range of all bands.
    private static func means<Word: CodedWord>(
        of words: UnsafeMutableBufferPointer<Word>, _ layout: WordLayout,
        without spared: [Range<Int>]
    ) -> [Word] {
        var sums = [Double](repeating: 0, count: layout.bands)
        var counts = [Int](repeating: 0, count: layout.bands)
        func add(_ range: Range<Int>) {
            for index in range {
                sums[index / layout.pixelCount] += Double(words[index])
                counts[index / layout.pixelCount] += 1
            }
        }
        var end = 0
        for range in spared {
            add(end..<range.lowerBound)
            end = range.upperBound
        }
        add(end..<layout.wordCount)
        var mean = Word.zero
        return zip(sums, counts).map { sum, count in
            if count > 0 { mean = Word(clamping: Int128((sum / Double(count)).rounded())) }
            return mean
        }
    }
}
