/// Splitting words into planes of bytes: all lowest bytes, then the next, and so on.
///
/// The planes of a whole block are [wordByteCount][bands][lines][samples] bytes; one band's part of
/// each is contiguous.
enum BytePlanes {
    /// Spreads `count` words; `planes` points at the band's part of the lowest plane, and
    /// `planeByteCount` leads from one plane to the next.
    @inline(__always)
    static func split<Word: CodedWord>(
        _ words: UnsafeMutablePointer<Word>, count: Int, planes: UnsafeMutablePointer<UInt8>,
        planeByteCount: Int
    ) {
        for position in 0..<Word.bitWidth / 8 {
            let plane = planes + position * planeByteCount
            let shift = Word(truncatingIfNeeded: 8 * position)
            for index in 0..<count {
                plane[index] = UInt8(truncatingIfNeeded: words[index] &>> shift)
            }
        }
    }

    /// Collects `count` words again and unfolds them.
    @inline(__always)
    static func joinUnfolding<Word: CodedWord>(
        _ planes: UnsafePointer<UInt8>, planeByteCount: Int, count: Int,
        into words: UnsafeMutablePointer<Word>
    ) {
        for index in 0..<count { words[index] = Word(truncatingIfNeeded: planes[index]) }
        for position in 1..<max(1, Word.bitWidth / 8) {
            let plane = planes + position * planeByteCount
            let shift = Word(truncatingIfNeeded: 8 * position)
            for index in 0..<count {
                words[index] |= Word(truncatingIfNeeded: plane[index]) &<< shift
            }
        }
        for index in 0..<count { words[index] = SpatialPrediction.unfold(words[index]) }
    }
}
