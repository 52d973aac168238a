import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

struct BlockParallelTests {
    private static let blockByteCount = 4 * 17 * 5 * 2

    @Test func `chunks are the same for every number of threads`() throws {
        let cube = try MemoryCube.scene(lines: 43, samples: 17, bands: 5, .uint16)
        let encoder = try ExactEncoder(
            description: cube.description, fidelity: .lossless,
            coder: .automatic(sample: cube.block), blockByteCount: Self.blockByteCount)
        let results = try [1, 2, 5].map { threadCount in
            var chunks: [[UInt8]] = []
            try encoder.encodeBlocks(of: cube, threadCount: threadCount) { index, chunk in
                #expect(index == chunks.count)
                chunks.append(chunk)
            }
            return chunks
        }
        #expect(results[0].count == 11)
        #expect(results[0] == results[1] && results[0] == results[2])
    }

    @Test(arguments: [1, 3])
    func `blocks of a window arrive in order`(threadCount: Int) throws {
        let cube = try MemoryCube.scene(lines: 43, samples: 17, bands: 5, .uint16)
        let source = try ExactCubeSource(
            description: cube.description,
            chunks: MemoryChunks(cube, blockByteCount: Self.blockByteCount))
        let window = CubeWindow(lines: 6..<30, samples: 2..<9)
        var line = 6
        try source.readBlocks(window, bandIndices: [4, 1], threadCount: threadCount) { block in
            #expect(block.window.lines.lowerBound == line)
            let expected = try cube.read(block.window, bandIndices: [4, 1])
            #expect(block == expected)
            line = block.window.lines.upperBound
        }
        #expect(line == 30)
    }

    @Test(arguments: [nil, 7.0])
    func `damaged blocks are filled and reported, where that is wanted`(nodata: Double?) throws {
        let cube = try MemoryCube.of(
            (0..<12 * 9 * 7).map { Int16($0) }, lines: 12, samples: 9, bands: 7, .int16,
            nodata: nodata)
        var chunks = try MemoryChunks(cube, blockByteCount: 4 * 9 * 7 * 2)
        let middle = chunks.chunks[2].count - 5
        chunks.chunks[2][middle] ^= 3
        let source = try ExactCubeSource(description: cube.description, chunks: chunks)
        let window = CubeWindow(lines: 3..<11, samples: 1..<5)
        #expect(throws: CubeCodecError.self) {
            try source.readBlocks(window, bandIndices: [2]) { _ in }
        }
        var regions: [LostRegion] = []
        var values: [Double] = []
        try source.readBlocks(window, bandIndices: [2], onLoss: { regions.append($0) }) { block in
            values += block.doubles()
        }
        #expect(regions.map(\.window) == [CubeWindow(lines: 4..<8, samples: 1..<5)])
        #expect(regions.first?.bandIndices == [2])
        var expected = try cube.read(window, bandIndices: [2]).doubles()
        for index in 4..<20 { expected[index] = nodata ?? 0 }
        #expect(values == expected)
    }
}
