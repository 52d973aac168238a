import CCSDS123

/// A block without the pixels that are exceptions in every band: each line's other pixels are moved
/// to the left, and lines are as long as the longest of them.
///
/// Coders pay for every edge of a region without data. Packed, straight ones are gone, and of
/// others one is left in a line.
struct PackedPixels {
    /// The layout that coders see.
    let packed: WordLayout
    private let whole: WordLayout
    /// Per line, which samples stay.
    private let kept: [[Int32]]

    /// Whether every line keeps the same samples, so that what was above a sample still is.
    var isStraight: Bool { kept.allSatisfy { $0 == kept[0] } }

    /// Leaves out what a mask of the layout does; nil where lines do not become shorter.
    init?(_ layout: WordLayout, _ mask: CCSDSPixelMask) {
        kept = (0..<layout.lines).map { line in
            (0..<layout.samples).filter { !mask.isLeftOut(line: line, sample: $0) }
                .map { Int32($0) }
        }
        let width = kept.map(\.count).max() ?? 0
        guard width < layout.samples else { return nil }
        whole = layout
        packed = WordLayout(
            bands: layout.bands, lines: layout.lines, samples: width,
            wordByteCount: layout.wordByteCount)
    }

    /// The block as coders see it, and the positions in it that may be anything.
    func packed(
        _ words: WordBlock, exceptions: [Range<Int>]
    ) -> (words: WordBlock, spared: [Range<Int>]) {
        var isException = [Bool](repeating: false, count: whole.wordCount)
        for index in exceptions.joined() { isException[index] = true }
        var result = WordBlock(zeroed: packed)
        var isSpared = [Bool](repeating: true, count: packed.wordCount)
        forEachPixel { place, pixel in
            copy(words, pixel, into: &result, place)
            isSpared[place] = isException[pixel]
        }
        return (result, Self.ranges(isSpared))
    }

    /// The reverse; what was left out is 0.
    func unpacked(_ words: WordBlock) -> WordBlock {
        var result = WordBlock(zeroed: whole)
        forEachPixel { place, pixel in copy(words, place, into: &result, pixel) }
        return result
    }

    /// Calls `body` for every pixel that stays, in every band: where its word is in the packed
    /// block, and where in the whole one.
    private func forEachPixel(_ body: (_ place: Int, _ pixel: Int) -> Void) {
        for row in 0..<whole.bands * whole.lines {
            for (place, sample) in kept[row % whole.lines].enumerated() {
                body(row * packed.samples + place, row * whole.samples + Int(sample))
            }
        }
    }

    private func copy(
        _ source: WordBlock, _ from: Int, into target: inout WordBlock, _ place: Int
    ) {
        let size = whole.wordByteCount
        for byte in 0..<size {
            target.bytes[place * size + byte] = source.bytes[from * size + byte]
        }
    }

    /// Where `isSpared` is true.
    private static func ranges(_ isSpared: [Bool]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start: Int?
        for (index, flag) in isSpared.enumerated() where flag != (start != nil) {
            if let first = start { ranges.append(first..<index) }
            start = flag ? index : nil
        }
        if let start { ranges.append(start..<isSpared.count) }
        return ranges
    }
}
