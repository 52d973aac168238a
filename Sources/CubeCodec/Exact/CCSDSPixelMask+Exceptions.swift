import CCSDS123

extension CCSDSPixelMask {
    /// Leaves out the pixels that are exceptions in every band; nil where there are none, or no
    /// others.
    ///
    /// - Parameter exceptions: positions of exceptions in a block, ascending and apart.
    init?(_ layout: WordLayout, exceptions: [Range<Int>]) {
        guard !exceptions.isEmpty else { return nil }
        // Whether a pixel was an exception in all bands so far.
        var isLeftOut = [Bool](repeating: true, count: layout.pixelCount)
        var end = 0
        for range in exceptions + [layout.wordCount..<layout.wordCount] {
            for index in end..<range.lowerBound { isLeftOut[index % layout.pixelCount] = false }
            end = range.upperBound
        }
        self.init(lines: layout.lines, samples: layout.samples, isLeftOut: isLeftOut)
    }
}
