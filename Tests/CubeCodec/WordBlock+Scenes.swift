import Basics
import CubeCodec

/// Blocks of words for the coders alone.
extension WordBlock {
    /// What AdaptiveCoderTests has the digest of.
    static var goldenScene: WordBlock { scene(lines: 60, samples: 50, bands: 40) }

    /// A block of stated words, [bands][lines][samples].
    init(_ layout: WordLayout, words: [Int64]) {
        let bytes = words.flatMap { word in
            withUnsafeBytes(of: word.littleEndian) { Array($0.prefix(layout.wordByteCount)) }
        }
        self.init(layout: layout, bytes: bytes)
    }

    /// A block whose words wander through `bitCount` bits from `lowest` on.
    static func random(
        _ layout: WordLayout, lowest: Int64, bitCount: Int, seed: UInt64 = 4
    ) -> WordBlock {
        var generator = SeededGenerator(seed: seed)
        let mask = UInt64.max >> UInt64(64 - bitCount)
        var words = (0..<layout.wordCount).map { _ in generator.next() & mask }
        // Both ends of the range occur.
        words[0] = 0
        words[layout.wordCount - 1] = mask
        return WordBlock(layout, words: words.map { lowest &+ Int64(bitPattern: $0) })
    }

    /// Smooth bands with noise; every third pixel is the one to its left or above once more.
    static func scene(lines: Int, samples: Int, bands: Int, seed: UInt64 = 9) -> WordBlock {
        var generator = SeededGenerator(seed: seed)
        let layout = WordLayout(bands: bands, lines: lines, samples: samples, wordByteCount: 2)
        let sources = (0..<lines * samples).map { pixel in
            let kind = generator.index(below: 6)
            if kind == 0, pixel % samples > 0 { return pixel - 1 }
            return kind == 1 && pixel >= samples ? pixel - samples : pixel
        }
        var words: [Int64] = []
        for band in 0..<bands {
            var plane: [Int64] = []
            for pixel in 0..<lines * samples {
                let slope = 7 * (pixel % samples) + 3 * (pixel / samples) * (band % 5 + 1)
                let own = Int64(slope + 40 * band) + Int64(generator.index(below: 9))
                plane.append(sources[pixel] == pixel ? own : plane[sources[pixel]])
            }
            words += plane
        }
        return WordBlock(layout, words: words)
    }
}
