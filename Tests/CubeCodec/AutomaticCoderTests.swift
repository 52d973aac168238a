import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

/// Whole streams in which every block is coded by whatever makes it smaller.
struct AutomaticCoderTests {
    /// Bands of noisy mixtures, which the standard's coder does better than band differences.
    private func mixture(
        lines: Int = 60, samples: Int = 40, bands: Int = 24, _ type: SampleType
    ) throws -> MemoryCube {
        var generator = SeededGenerator(seed: 12)
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
        let sources = (0..<4).map { _ in
            (0..<geometry.pixelCount).map { _ in generator.uniform() }
        }
        var values: [Float] = []
        for _ in 0..<bands {
            let weights = sources.map { _ in generator.uniform() }
            for pixel in 0..<geometry.pixelCount {
                let signal = zip(weights, sources).reduce(0) { $0 + $1.0 * $1.1[pixel] }
                values.append((60 * signal + 2 * generator.uniform()).rounded())
            }
        }
        let block = SampleBlock(
            window: CubeWindow(whole: geometry), bandIndices: Array(0..<bands), sampleType: type,
            values: values)
        return MemoryCube(
            description: CubeDescription(geometry: geometry, sampleType: type), bytes: block.bytes)
    }

    @Test(arguments: SampleType.allCases)
    func `random bits of every type come back`(type: SampleType) throws {
        for (lines, samples, bands) in [(1, 1, 1), (1, 7, 3), (5, 1, 2), (6, 5, 4), (3, 300, 2)] {
            let cube = try MemoryCube.random(
                lines: lines, samples: samples, bands: bands, sampleType: type, seed: 5)
            let chunks = try MemoryChunks(searched: cube, blockByteCount: 200)
            #expect(try chunks.decoded(cube.description) == cube.block)
        }
    }

    @Test(arguments: SampleType.allCases)
    func `with the best effort every type comes back, and is no longer`(type: SampleType) throws {
        for cube in [
            try MemoryCube.random(lines: 6, samples: 5, bands: 4, sampleType: type, seed: 5),
            try mixture(type),
        ] {
            let sample = cube.block
            let chunks = try MemoryChunks(cube, coder: .best(sample: sample))
            #expect(try chunks.decoded(cube.description) == sample)
            let normal = try MemoryChunks(cube, coder: .automatic(sample: sample))
            #expect(chunks.chunks[1].count <= normal.chunks[1].count)
        }
    }

    @Test func `what a payload takes where it is stored decides between coders`() throws {
        let cube = try mixture(.int16)
        for (byteCount, coder) in [(0, UInt8(1)), (Int.max, 2)] {
            let encoder = try ExactEncoder(
                description: cube.description, fidelity: .lossless,
                coder: .automatic(sample: cube.block), storedByteCount: { _ in byteCount })
            #expect(try encoder.blockChunk(cube.block)[5] == coder)
        }
    }

    @Test(arguments: SampleType.allCases)
    func `scenes of every type come back, coded by the standard`(type: SampleType) throws {
        let cube = try mixture(type)
        let chunks = try MemoryChunks(searched: cube, blockByteCount: cube.block.bytes.count / 3)
        #expect(try chunks.decoded(cube.description) == cube.block)
        // Floats that hold whole numbers count as such.
        #expect(chunks.coders == [2, 2, 2])
        let differences = try MemoryChunks(cube)
        #expect(differences.coders == [1])
    }

    @Test func `a window decodes the blocks that it touches and no others`() throws {
        let cube = try mixture(.int16)
        var chunks = try MemoryChunks(searched: cube, blockByteCount: 20 * 40 * 24 * 2)
        #expect(chunks.coders == [2, 2, 2])
        chunks.chunks[3] = []
        let source = try ExactCubeSource(description: cube.description, chunks: chunks)
        for (lines, samples, bands) in [
            (0..<40, 0..<40, Array(0..<24)), (19..<21, 3..<4, [23, 0]), (39..<40, 0..<40, [5]),
        ] {
            let window = CubeWindow(lines: lines, samples: samples)
            #expect(
                try source.read(window, bandIndices: bands)
                    == cube.read(window, bandIndices: bands))
        }
        #expect(throws: CubeCodecError.self) { try source.read(lines: 39..<41) }
    }

    @Test(arguments: [SampleType.uint8, .int16, .uint16, .int32, .float32, .float64])
    func `quantised samples stay within the bound`(type: SampleType) throws {
        let cube = try mixture(type)
        for bound in [1.0, 2.5, 9] {
            let chunks = try MemoryChunks(searched: cube, .maximumError(bound))
            #expect(chunks.coders == [2])
            let decoded = try chunks.decoded(cube.description)
            for (truth, found) in zip(cube.block.doubles(), decoded.doubles()) {
                #expect(abs(truth - found) <= bound)
            }
        }
    }

    @Test func `an empty scene is left to zstd`() throws {
        let geometry = try CubeGeometry(lines: 50, samples: 40, bands: 30)
        let values = [Int16](repeating: -9999, count: geometry.sampleCount)
        let cube = try MemoryCube.of(values, lines: 50, samples: 40, bands: 30, .int16)
        let chunks = try MemoryChunks(searched: cube)
        #expect(chunks.coders == [1])
        #expect(chunks.chunks[1].count { $0 != 0 } < 250)
    }

    @Test func `the sample window lies inside the cube and is bounded`() throws {
        for (lines, samples, bands) in [
            (1, 1, 1), (3, 1280, 328), (100, 100, 198), (20_000, 1000, 285), (1, 70_000, 400),
            (50_000, 1, 3), (2, 2, 1_000_000),
        ] {
            let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
            let window = ExactEncoder.sampleWindow(
                of: CubeDescription(geometry: geometry, sampleType: .int16))
            try window.check(inside: geometry)
            let sampleCount = window.pixelCount * bands
            #expect(sampleCount <= max(1_500_000, 16 * bands))
            #expect(2 * sampleCount >= min(geometry.sampleCount, 1_500_000))
        }
    }

    @Test func `a stop ends the search`() throws {
        let cube = try mixture(.int16)
        let stop = StopToken()
        stop.request()
        #expect(throws: BasicsError.stopped) {
            try ExactEncoder(
                description: cube.description, fidelity: .lossless,
                coder: .automatic(sample: cube.block), stop: stop)
        }
    }

    @Test func `mutations of a stream give an error or the very same samples`() throws {
        let cube = try mixture(lines: 12, samples: 20, bands: 9, .uint16)
        let original = try MemoryChunks(searched: cube)
        #expect(original.coders == [2])
        var generator = SeededGenerator(seed: 31 &+ Mutations.seedOffset)
        var refusedCount = 0
        let count = Mutations.count(usually: 3000)
        for _ in 0..<count {
            var chunks = original
            let end = generator.index(below: 2) == 0 ? 120 : chunks.chunks[1].count
            let position = generator.index(below: end)
            chunks.chunks[1][position] ^= 1 << UInt8(generator.index(below: 8))
            let head = ReferenceCRC.sealed(Array(chunks.chunks[1][..<56]))
            chunks.chunks[1].replaceSubrange(..<56, with: head)
            do {
                #expect(try chunks.decoded(cube.description) == cube.block)
            } catch is CubeCodecError {
                refusedCount += 1
            }
        }
        #expect(refusedCount > count * 2 / 3)
    }
}
