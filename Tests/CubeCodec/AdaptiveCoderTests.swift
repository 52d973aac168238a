import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

/// The coder alone: words in, payload out, the same words back.
struct AdaptiveCoderTests {
    /// Taken from a processor with AVX2 and from the base instructions.
    static let goldenDigest = "b6b8b1c6b0a9fe693c1737f91acd38757efefb1d152aa49a2d9f2376fedd5d66"

    private func payload(_ block: WordBlock) throws -> [UInt8] {
        let payload = try #require(AdaptiveCoder().encode(block))
        #expect(try AdaptiveCoder().decode(payload[...], layout: block.layout) == block)
        return payload
    }

    @Test(arguments: [
        (1, -128, 8), (1, 5, 1), (1, -3, 4), (2, -32768, 16), (2, 100, 12), (2, -9999, 14),
        (4, Int64(Int32.min), 32), (4, -5, 20), (4, 1_000_000, 21), (4, 1 << 30, 30),
        (8, .min, 32), (8, .max - 0xFFFF_FFFF, 32), (8, -7, 13),
    ])
    func `words of every width and range of at most 32 bits come back`(
        wordByteCount: Int, lowest: Int64, bitCount: Int
    ) throws {
        for (lines, samples, bands) in [
            (9, 11, 5), (1, 2, 1), (2, 1, 3), (300, 1, 2), (1, 300, 9), (6, 5, 30), (3, 2, 2),
        ] {
            let layout = WordLayout(
                bands: bands, lines: lines, samples: samples, wordByteCount: wordByteCount)
            let block = WordBlock.random(layout, lowest: lowest, bitCount: bitCount)
            // What is random may come out longer than it went in, and is then declined.
            guard let payload = AdaptiveCoder().encode(block) else { continue }
            #expect(try AdaptiveCoder().decode(payload[...], layout: layout) == block)
        }
    }

    @Test func `steps, spikes and lone outliers come back`() throws {
        let layout = WordLayout(bands: 3, lines: 40, samples: 30, wordByteCount: 4)
        for range in [Int64(UInt32.max), 1 << 20, 5000] {
            for period in [2, 7, 100, 2000] {
                let words = (0..<layout.wordCount).map { index in
                    index % period == 0 ? range : Int64(index / 977 % 2)
                }
                _ = try payload(WordBlock(layout, words: words.map { $0 - 1_000_000_000 }))
            }
        }
    }

    @Test func `what it cannot hold or shorten is declined`() {
        let layout = WordLayout(bands: 3, lines: 4, samples: 4, wordByteCount: 8)
        #expect(AdaptiveCoder().encode(WordBlock.random(layout, lowest: -1, bitCount: 33)) == nil)
        let constant = WordBlock(layout, words: (0..<48).map { Int64($0 / 16) })
        #expect(AdaptiveCoder().encode(constant) == nil)
        let empty = WordLayout(bands: 2, lines: 900, samples: 900, wordByteCount: 2)
        let speck = WordBlock(empty, words: (0..<empty.wordCount).map { $0 == 5 ? 1 : 0 })
        #expect(AdaptiveCoder().encode(speck) == nil)
    }

    @Test func `constant bands cost their value and a bit`() throws {
        let live = WordBlock.scene(lines: 40, samples: 40, bands: 2)
        let dead = WordBlock(
            WordLayout(bands: 1, lines: 40, samples: 40, wordByteCount: 2),
            words: [Int64](repeating: -9999, count: 1600)
        ).bytes
        let layout = WordLayout(bands: 5, lines: 40, samples: 40, wordByteCount: 2)
        let mixed = WordBlock(
            layout: layout,
            bytes: dead + live.bytes.prefix(3200) + dead + live.bytes.suffix(3200) + dead)
        #expect(try payload(mixed).count == payload(live).count + 3 * 2)
    }

    @Test func `copied pixels cost next to nothing`() throws {
        let narrow = WordBlock.scene(lines: 1, samples: 60, bands: 40)
        let pixelCount = 60
        let layout = WordLayout(bands: 40, lines: 30, samples: 60, wordByteCount: 2)
        var bytes: [UInt8] = []
        for band in 0..<40 {
            let line = narrow.bytes[2 * pixelCount * band..<2 * pixelCount * (band + 1)]
            for _ in 0..<30 { bytes += line }
        }
        let tall = WordBlock(layout: layout, bytes: bytes)
        #expect(try payload(tall).count < payload(narrow).count + 30 * 60 / 20)
    }

    @Test func `a processor's best instructions give the bytes of the base ones`() throws {
        for block in [
            WordBlock.scene(lines: 50, samples: 37, bands: 30),
            WordBlock.scene(lines: 3, samples: 300, bands: 12),
            .random(
                WordLayout(bands: 4, lines: 30, samples: 31, wordByteCount: 4), lowest: -77,
                bitCount: 29),
        ] {
            let payload = try payload(block)
            let portable = AdaptiveCoder(isPortable: true)
            #expect(portable.encode(block) == payload)
            #expect(try portable.decode(payload[...], layout: block.layout) == block)
        }
    }

    @Test func `a scene has the same bytes for ever`() throws {
        let payload = try payload(.goldenScene)
        #expect("\(SHA256Hasher.digest(of: payload))" == Self.goldenDigest)
    }

    @Test func `a few bytes cannot claim much memory`() throws {
        let payload = try payload(WordBlock.scene(lines: 9, samples: 11, bands: 5))
        for layout in [
            WordLayout(bands: 1 << 20, lines: 1 << 16, samples: 1 << 16, wordByteCount: 8),
            WordLayout(bands: 1, lines: 1 << 30, samples: 1 << 29, wordByteCount: 1),
            WordLayout(bands: 1 << 20, lines: 1, samples: 1, wordByteCount: 2),
        ] {
            #expect(throws: BasicsError.self) {
                try AdaptiveCoder().decode(payload[...], layout: layout)
            }
        }
    }

    @Test func `mutated payloads are refused or decode to some block`() throws {
        var mutator = Mutator(seed: 8)
        var changedCount = 0
        for (wordByteCount, bitCount) in [(1, 6), (2, 12), (4, 26)] {
            let layout = WordLayout(bands: 9, lines: 4, samples: 5, wordByteCount: wordByteCount)
            let block = WordBlock.random(layout, lowest: -20, bitCount: bitCount)
            let counts = try AdaptiveCoder().decodeMutations(
                of: payload(block), block, headByteCount: 24, &mutator)
            changedCount += counts.refusedCount + counts.changedCount
        }
        #expect(changedCount > 4000)
    }
}
