import CCSDS123
import Cube
import CubeCodec
import Testing

/// Blocks in which nothing is coded for pixels without data.
struct LeftOutPixelTests {
    /// A slanted strip of data.
    private static func cube() throws -> MemoryCube {
        let (lines, samples, bands) = (8, 12, 5)
        var values: [Int16] = []
        for band in 0..<bands {
            for line in 0..<lines {
                for sample in 0..<samples {
                    let place = UInt64(band * 977 + line * 131 + sample * 17 + 5)
                    let random = UInt32(
                        truncatingIfNeeded: place &* place &* place &* 2_654_435_761)
                    let value = 400 + 60 * band + 9 * line + 15 * sample + Int(random >> 20) % 41
                    let isMissing = sample < line / 2 || sample >= line / 2 + 9
                    values.append(isMissing ? -9999 : Int16(value))
                }
            }
        }
        return try .of(
            values, lines: lines, samples: samples, bands: bands, .int16, nodata: -9999)
    }

    /// The stream whose one block is coded by the standard's coder, whatever band differences take.
    private static func chunks(_ cube: MemoryCube) throws -> MemoryChunks {
        try MemoryChunks(cube, coder: .automatic(sample: nil), storedByteCount: { _ in .max })
    }

    @Test func `a block with pixels left out in their places stays readable`() throws {
        let cube = try Self.cube()
        let block = GoldenStreamTests.bytes(
            "435645420302010000000000000000000800000000000000000000000000f03f470000000000"
                + "000050010000000000009ed461c46111df762309060908090609080906090809061206090809"
                + "0609080906090809061206090809060908090609080906120609080906090809060908090612"
                + "06090809060908090609080906a0010000000000000000000c000800051300000a002200f49d"
                + "009220fff0e9b3875c04fc0c75cda269490a2ac6ab7052b40a240c13a45d17e1b14287264931"
                + "175029067781088f8439b1e58f5b39101920c8864b382c523f0134c10693361305ecc31a786a"
                + "e08f41db2cc5c486c5784cd5fe50dc5f01745ae4cd1234ede0f764c0991e75b35e8955228f94"
                + "682c950f366aa8fd2b8048d1a073ccd2b68d151105ede8859a4b207ce8611a190a8ab9f124dd"
                + "f4f872fb9dc972f080c24d96cc37e9f33a798105897e6ffa79d535252e12485dfbf3d37008db"
                + "9f22d2c1b6407e07a2ba389864b9f02716b8f1ca1fe90c9acb34b3730d342de24258d4df124c"
                + "434fbe136a8e149020661010e29b4b9d1e70706ae5caa388875c6961e8742c8ad6a9ec8a8706"
                + "32a97e37ed6d504243930e264d132217412fe95c1d689a196405b5920000000000004a282798"
                + "14460907046d20")
        var chunks = try Self.chunks(cube)
        #expect(chunks.chunks[1] == block)
        chunks.chunks[1] = block
        #expect(try chunks.decoded(cube.description) == cube.block)
    }

    @Test func `a packed block of the public standard stays readable`() throws {
        let cube = try Self.cube()
        let block = GoldenStreamTests.bytes(
            "435645420202010000000000000000000800000000000000000000000000f03f470000000000"
                + "000049010000000000009ed461c4d02adfda2309060908090609080906090809061206090809"
                + "0609080906090809061206090809060908090609080906120609080906090809060908090612"
                + "06090809060908090609080906a00100000000000000000009000800051300000a006000f47b"
                + "000304009220fff0e831711a7131c060dd224a0c1ea5f1edcc69c154de3e7c8aec47a31b29aa"
                + "d0e7e747e218df22cb0a5b2cc9a11cc8d1f0fbab369709ac1b3760c1948647a01019840c022d"
                + "af16f8916030837b299088cb4f4649b6f68896259d9148d062df36f3e3bdd3429e1e99af1f8a"
                + "553d10169b5d56910a3e6e5f0167b2efcff72b81071e2eafe23e552482ceb6b5c441792c4655"
                + "3b4ca612c4988eeeb089f545a8b71a9d8d0d3015523239edb39b14983869e28111a661ddf510"
                + "a9950f1b3921450622b8a1234ef493462b54189389d2e4ab8b12ed9168a7bdf5dcc9ed2654ce"
                + "479e51936466f079116d565d152e87572967a68aaccff629d3e24f6f37b03aacb860a587e715"
                + "9f9628b3d34d73e10c276ddf68a922a22e7888a3a8de0000000000184407ec03c981d640dfc8")
        var chunks = try Self.chunks(cube)
        chunks.chunks[1] = block
        #expect(try chunks.decoded(cube.description) == cube.block)
    }

    @Test(arguments: [1, 2, 3] as [UInt8])
    func `data of any shape comes back by every coder`(code: UInt8) throws {
        let (lines, samples, bands) = (13, 17, 4)
        for seed in 0..<20 as Range<UInt64> {
            var cube = try MemoryCube.scene(
                lines: lines, samples: samples, bands: bands, .int16, nodata: -9999, scale: 300,
                seed: seed)
            var values = cube.block.doubles().map { Int16($0) }
            // Holes that differ from band to band beside those that do not.
            for index in stride(from: Int(seed), to: values.count, by: 29) { values[index] = -9999 }
            if seed % 3 == 0 {
                // Nothing before the last pixel of the first line.
                for index in values.indices where index % (lines * samples) < samples - 1 {
                    values[index] = -9999
                }
            }
            cube = try .of(
                values, lines: lines, samples: samples, bands: bands, .int16, nodata: -9999)
            let coder: ExactCoderChoice =
                switch code {
                case 1: .bandDifference
                case 2: .automatic(sample: cube.block)
                default: .best(sample: nil)
                }
            let chunks = try MemoryChunks(cube, coder: coder, storedByteCount: { _ in .max })
            #expect(try chunks.decoded(cube.description) == cube.block, "seed \(seed)")
        }
    }

    @Test func `a block whose coder cannot leave pixels out in their places is refused`() throws {
        let cube = try Self.cube()
        var chunks = try Self.chunks(cube)
        for code in [1, 3] as [UInt8] {
            var header = Array(chunks.chunks[1].prefix(56))
            #expect(header[4] == 3 && header[5] == 2)
            header[5] = code
            var altered = chunks
            altered.chunks[1].replaceSubrange(..<56, with: ReferenceCRC.sealed(header))
            #expect(throws: CubeCodecError.self) { try altered.decoded(cube.description) }
        }
        // Without exceptions there is no pixel to be left out.
        chunks = try MemoryChunks(GoldenStreamTests.integers())
        var header = Array(chunks.chunks[1].prefix(56))
        header[4] = 3
        chunks.chunks[1].replaceSubrange(..<56, with: ReferenceCRC.sealed(header))
        #expect(throws: CubeCodecError.self) {
            try chunks.decoded(GoldenStreamTests.integers().description)
        }
    }
}
