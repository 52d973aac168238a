import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

/// The coder alone: words in, payload out, the same words back.
struct CCSDSCoderTests {
    /// A block whose words wander through `bitCount` bits from `lowest` on.
    private func block(
        lines: Int = 9, samples: Int = 11, bands: Int = 5, wordByteCount: Int, lowest: Int64,
        bitCount: Int, seed: UInt64 = 4
    ) -> WordBlock {
        let layout = WordLayout(
            bands: bands, lines: lines, samples: samples, wordByteCount: wordByteCount)
        var generator = SeededGenerator(seed: seed)
        let mask = UInt64.max >> UInt64(64 - bitCount)
        var bytes: [UInt8] = []
        for index in 0..<layout.wordCount {
            // Both ends of the range occur.
            let offset = [0: 0, 1: mask][index] ?? generator.next() & mask
            let word = lowest &+ Int64(bitPattern: offset)
            withUnsafeBytes(of: word.littleEndian) {
                bytes.append(contentsOf: $0.prefix(wordByteCount))
            }
        }
        return WordBlock(layout: layout, bytes: bytes)
    }

    private func constant(_ words: [Int16], pixelCount: Int) -> [UInt8] {
        words.flatMap { [Int16](repeating: $0, count: pixelCount) }
            .flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }

    @Test(arguments: [
        (1, -128, 8), (1, 5, 1), (1, -3, 4), (2, -32768, 16), (2, 100, 12), (2, -9999, 14),
        (4, Int64(Int32.min), 32), (4, -5, 20), (4, 1_000_000, 21), (4, 1 << 30, 30),
        (8, .min, 32), (8, .max - 0xFFFF_FFFF, 32), (8, -7, 13),
    ])
    func `words of every width and range of at most 32 bits come back`(
        wordByteCount: Int, lowest: Int64, bitCount: Int
    ) throws {
        for (lines, samples, bands) in [(9, 11, 5), (1, 2, 1), (2, 1, 3), (300, 1, 2), (1, 300, 9)]
        {
            let block = block(
                lines: lines, samples: samples, bands: bands, wordByteCount: wordByteCount,
                lowest: lowest, bitCount: bitCount)
            let payload = try #require(try CCSDSCoder().encode(block))
            #expect(try CCSDSCoder().decode(payload[...], layout: block.layout) == block)
            let settings = try CCSDSCoderSettings(searchedOn: block)
            let searched = try #require(try CCSDSCoder(settings: settings).encode(block))
            #expect(searched.count <= payload.count)
            #expect(try CCSDSCoder().decode(searched[...], layout: block.layout) == block)
        }
    }

    @Test func `what the standard cannot hold is declined`() throws {
        let wide = block(wordByteCount: 8, lowest: -1, bitCount: 33)
        #expect(try CCSDSCoder().encode(wide) == nil)
        let long = block(
            lines: 1, samples: 65_537, bands: 1, wordByteCount: 2, lowest: 0, bitCount: 9)
        #expect(try CCSDSCoder().encode(long) == nil)
        let longest = block(
            lines: 1, samples: 65_536, bands: 1, wordByteCount: 2, lowest: 0, bitCount: 9)
        let payload = try #require(try CCSDSCoder().encode(longest))
        #expect(try CCSDSCoder().decode(payload[...], layout: longest.layout) == longest)
        let layout = WordLayout(bands: 3, lines: 4, samples: 4, wordByteCount: 2)
        let empty = WordBlock(layout: layout, bytes: constant([5, -9999, 0], pixelCount: 16))
        #expect(try CCSDSCoder().encode(empty) == nil)
        let deep = block(wordByteCount: 4, lowest: 0, bitCount: 21)
        #expect(try CCSDSCoder(bitDepthLimit: 20).encode(deep) == nil)
    }

    @Test func `constant bands cost their value and a bit`() throws {
        let live = block(lines: 40, samples: 40, bands: 2, wordByteCount: 2, lowest: 0, bitCount: 9)
        let layout = WordLayout(bands: 6, lines: 40, samples: 40, wordByteCount: 2)
        let dead = constant([-9999, 0], pixelCount: 1600)
        let block = WordBlock(
            layout: layout,
            bytes: dead + live.bytes.prefix(3200) + dead + live.bytes.suffix(3200))
        let alone = try #require(try CCSDSCoder().encode(live))
        let payload = try #require(try CCSDSCoder().encode(block))
        #expect(payload.count == alone.count + 4 * 2)
        #expect(try CCSDSCoder().decode(payload[...], layout: layout) == block)
    }

    @Test func `settings of one block serve blocks with other dead bands and other depths`() throws
    {
        let first = block(bands: 4, wordByteCount: 2, lowest: 0, bitCount: 8)
        let layout = WordLayout(bands: 5, lines: 9, samples: 11, wordByteCount: 2)
        let dead = constant([7], pixelCount: 99)
        let sample = WordBlock(layout: layout, bytes: dead + first.bytes)
        let coder = CCSDSCoder(settings: try CCSDSCoderSettings(searchedOn: sample))
        let deeper = block(bands: 4, wordByteCount: 2, lowest: -20_000, bitCount: 15).bytes
        let shallow = block(bands: 4, wordByteCount: 2, lowest: 3, bitCount: 2).bytes
        for bytes in [
            dead + deeper, dead + shallow, deeper + dead, shallow + dead,
            dead + dead + dead + deeper.prefix(2 * 198), deeper + deeper.prefix(198),
        ] {
            let block = WordBlock(layout: layout, bytes: bytes)
            let payload = try #require(try coder.encode(block))
            #expect(try CCSDSCoder().decode(payload[...], layout: layout) == block)
        }
    }

    @Test func `a few bytes cannot claim much memory`() throws {
        let small = block(wordByteCount: 2, lowest: 0, bitCount: 9)
        let payload = try #require(try CCSDSCoder().encode(small))
        for layout in [
            WordLayout(bands: 1 << 20, lines: 1 << 16, samples: 1 << 16, wordByteCount: 8),
            WordLayout(bands: 1, lines: 1 << 30, samples: 1 << 29, wordByteCount: 1),
            WordLayout(bands: 5, lines: 9, samples: 12, wordByteCount: 2),
            WordLayout(bands: 4, lines: 9, samples: 11, wordByteCount: 2),
        ] {
            #expect(throws: BasicsError.self) {
                try CCSDSCoder().decode(payload[...], layout: layout)
            }
        }
    }

    @Test func `mutated payloads are refused or decode to some block`() throws {
        var mutator = Mutator(seed: 8)
        var refusedCount = 0
        for (wordByteCount, bitCount) in [(1, 6), (2, 12), (4, 26)] {
            let block = block(
                lines: 4, samples: 5, bands: 9, wordByteCount: wordByteCount, lowest: -20,
                bitCount: bitCount)
            let settings = try CCSDSCoderSettings(searchedOn: block)
            let payload = try #require(try CCSDSCoder(settings: settings).encode(block))
            // In the head are the bands' bits and the standard's header.
            refusedCount += try CCSDSCoder().decodeMutations(
                of: payload, block, headByteCount: 40, &mutator
            ).refusedCount
        }
        #expect(refusedCount > 2000)
    }
}
