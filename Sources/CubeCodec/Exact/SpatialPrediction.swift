/// The second half of a band's prediction: differences from neighbouring differences, line by line.
enum SpatialPrediction {
    /// Folded residuals of one line of differences: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
    ///
    /// - Parameters:
    ///   - above: the differences of the line above; nil in the block's first line.
    ///   - hasLeft: whether `line[-1]` (and `above[-1]`) belong to the same line.
    @inline(__always)
    static func fold<Word: CodedWord>(
        _ line: UnsafeMutablePointer<Word>, above: UnsafeMutablePointer<Word>?, hasLeft: Bool,
        count: Int, _ spatial: BandPrediction.Spatial, into folded: UnsafeMutablePointer<Word>
    ) {
        if spatial == .none {
            for index in 0..<count { folded[index] = fold(line[index]) }
            return
        }
        if !hasLeft { folded[0] = fold(line[0] &- (above?[0] ?? 0)) }
        let first = hasLeft ? 0 : 1
        guard first < count else { return }
        if spatial == .median, let above {
            for index in first..<count {
                let guess = median(line[index - 1], above[index], above[index - 1])
                folded[index] = fold(line[index] &- guess)
            }
        } else {
            for index in first..<count { folded[index] = fold(line[index] &- line[index - 1]) }
        }
    }

    /// Undoes the prediction (not the folding) of one whole line in place.
    @inline(__always)
    static func undo<Word: CodedWord>(
        _ line: UnsafeMutablePointer<Word>, above: UnsafeMutablePointer<Word>?, count: Int,
        _ spatial: BandPrediction.Spatial
    ) {
        if spatial == .none { return }
        line[0] &+= above?[0] ?? 0
        var left = line[0]
        if spatial == .median, let above {
            for index in 1..<max(1, count) {
                left = line[index] &+ median(left, above[index], above[index - 1])
                line[index] = left
            }
        } else {
            for index in 1..<max(1, count) {
                left &+= line[index]
                line[index] = left
            }
        }
    }

    @inline(__always)
    static func fold<Word: CodedWord>(_ value: Word) -> Word {
        (value &<< 1) ^ (value &>> Word(Word.bitWidth - 1))
    }

    @inline(__always)
    static func unfold<Word: CodedWord>(_ folded: Word) -> Word {
        let magnitude = Word(truncatingIfNeeded: Word.Magnitude(truncatingIfNeeded: folded) &>> 1)
        return magnitude ^ (0 &- (folded & 1))
    }

    /// The median of left, above and their plane; the sum wraps.
    @inline(__always)
    private static func median<Word: CodedWord>(
        _ left: Word, _ above: Word, _ aboveLeft: Word
    ) -> Word {
        let low = min(left, above)
        let high = max(left, above)
        let plane = left &+ above &- aboveLeft
        return aboveLeft >= high ? low : (aboveLeft <= low ? high : plane)
    }
}
