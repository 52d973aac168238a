import Basics
import BlobStore
import Cube
import CubeCodec
import Dispatch
import Synchronization
import TestSupport
import Testing

struct ExactStreamTests {
    @Test(arguments: SampleType.allCases)
    func `random bits of every type come back`(type: SampleType) throws {
        for (lines, samples, bands) in [(1, 1, 1), (1, 7, 3), (5, 1, 2), (6, 5, 4), (3, 300, 2)] {
            let cube = try MemoryCube.random(
                lines: lines, samples: samples, bands: bands, sampleType: type, seed: 5)
            let chunks = try MemoryChunks(cube, blockByteCount: 200)
            #expect(try chunks.decoded(cube.description) == cube.block)
        }
    }

    @Test(arguments: SampleType.allCases)
    func `smooth scenes of every type come back and shrink`(type: SampleType) throws {
        let cube = try MemoryCube.scene(lines: 40, samples: 30, bands: 20, type)
        let chunks = try MemoryChunks(cube, blockByteCount: 9000)
        #expect(chunks.chunkCount > 3)
        #expect(try chunks.decoded(cube.description) == cube.block)
        let zeroCount = chunks.blocks.joined().count { $0 == 0 }
        let expected = type == .uint8 || type == .float64 ? 0 : cube.block.sampleCount
        #expect(zeroCount >= expected)
    }

    @Test func `extreme samples survive wrapping`() throws {
        let values: [Int16] = [.min, .max, 0, -1, 1, .max, .min, .min, .max]
        let cube = try MemoryCube.of(
            values + values.reversed() + values + values, lines: 3, samples: 3, bands: 4, .int16)
        #expect(try MemoryChunks(cube).decoded(cube.description) == cube.block)
    }

    @Test func `payloads of NaN, infinities and the sign of zero come back`() throws {
        let bits: [UInt32] = [
            0x7FC0_0000, 0x7F80_0001, 0xFFFF_FFFF, 0x7F80_0000, 0xFF80_0000, 0x8000_0000, 0, 1,
            0x3F80_0000, 0x4049_0FDB, 0xC2C8_0000, 0x4B80_0001,
        ]
        for nodata in [nil, 100, Double.nan] {
            let cube = try MemoryCube.of(
                bits + bits.reversed(), lines: 2, samples: 6, bands: 2, .float32, nodata: nodata)
            #expect(try MemoryChunks(cube).decoded(cube.description) == cube.block)
        }
    }

    @Test func `whole numbers in floats are coded as whole numbers`() throws {
        var cube = try MemoryCube.scene(lines: 40, samples: 30, bands: 10, .int16, nodata: -9999)
        let values = cube.block.floats()
        cube = try MemoryCube.of(
            values, lines: 40, samples: 30, bands: 10, .float32, nodata: -9999)
        let chunks = try MemoryChunks(cube)
        #expect(try chunks.decoded(cube.description) == cube.block)
        // The two upper planes of residuals are all zero; bits of floats would fill them.
        #expect(chunks.chunks[1].suffix(2 * cube.block.sampleCount).allSatisfy { $0 == 0 })
    }

    @Test func `constant bands leave nothing but zeros`() throws {
        let geometry = try CubeGeometry(lines: 20, samples: 30, bands: 6)
        let bands: [Int16] = [-9999, 12, 12, 0, 31000, -9999]
        let values = bands.flatMap { [Int16](repeating: $0, count: geometry.pixelCount) }
        let cube = try MemoryCube.of(values, lines: 20, samples: 30, bands: 6, .int16)
        let chunks = try MemoryChunks(cube)
        #expect(try chunks.decoded(cube.description) == cube.block)
        #expect(chunks.chunks[1].count { $0 != 0 } < 150)
    }

    @Test func `a window is read as from memory`() throws {
        let cube = try MemoryCube.scene(lines: 23, samples: 17, bands: 5, .uint16)
        let chunks = try MemoryChunks(cube, blockByteCount: 4 * 17 * 5 * 2)
        #expect(chunks.chunkCount == 8)
        let source = try ExactCubeSource(description: cube.description, chunks: chunks)
        for (lines, samples, bands) in [
            (0..<23, 0..<17, [0, 1, 2, 3, 4]), (5..<6, 3..<4, [4]), (3..<5, 0..<17, [2, 2, 0]),
            (4..<8, 2..<9, [1]), (2..<21, 16..<17, [4, 0]), (22..<23, 0..<1, []),
        ] {
            let window = CubeWindow(lines: lines, samples: samples)
            #expect(
                try source.read(window, bandIndices: bands)
                    == cube.read(window, bandIndices: bands))
        }
        #expect(throws: CubeError.self) { try source.read(lines: 20..<24) }
        #expect(throws: CubeError.self) {
            try source.read(CubeWindow(lines: 0..<1, samples: 0..<1), bandIndices: [5])
        }
    }

    @Test func `many threads read windows of one source`() throws {
        let cube = try MemoryCube.scene(lines: 24, samples: 17, bands: 5, .uint16)
        let chunks = try MemoryChunks(cube, blockByteCount: 4 * 17 * 5 * 2)
        let source = try ExactCubeSource(description: cube.description, chunks: chunks)
        let rightCount = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 200) { iteration in
            let first = iteration * 7 % 20
            let lines = first..<first + 1 + iteration % 4
            do {
                if try source.read(lines: lines) == cube.read(lines: lines) {
                    rightCount.withLock { $0 += 1 }
                }
            } catch {
                Issue.record(error)
            }
        }
        #expect(rightCount.withLock { $0 } == 200)
    }

    @Test func `a line longer than a block is a block of its own`() throws {
        let cube = try MemoryCube.scene(lines: 3, samples: 40, bands: 4, .float64)
        let chunks = try MemoryChunks(cube, blockByteCount: 1)
        #expect(chunks.chunkCount == 5)
        #expect(try chunks.decoded(cube.description) == cube.block)
    }

    @Test func `the header alone tells geometry, type, nodata and fidelity`() throws {
        let cube = try MemoryCube.scene(.float32, nodata: -1)
        let chunks = try MemoryChunks(cube, .maximumError(0.5), blockByteCount: 600)
        let header = try ExactStreamHeader(decoding: chunks.chunks[0])
        #expect(header.bareDescription == cube.description)
        #expect(header.fidelity == .maximumError(0.5))
        #expect(header.blocks.count + 2 == chunks.chunkCount)
        #expect(header.chunkCount == chunks.chunkCount)
        #expect(header.encode() == chunks.chunks[0])
    }

    @Test func `a stream of another cube is refused`() throws {
        let cube = try MemoryCube.scene(.int16)
        let other = try MemoryCube.scene(.uint16)
        let chunks = try MemoryChunks(cube)
        let error = #expect(throws: CubeCodecError.self) {
            try ExactCubeSource(description: other.description, chunks: chunks)
        }
        #expect(error?.exitStatus == .damaged)
    }
}
