import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

struct DamagedStreamTests {
    @Test func `a damaged block names its lines and the others stay readable`() throws {
        let cube = try MemoryCube.scene(lines: 12, samples: 9, bands: 7, .int16)
        var chunks = try MemoryChunks(cube, blockByteCount: 4 * 9 * 7 * 2)
        let middle = chunks.chunks[2].count - 5
        chunks.chunks[2][middle] ^= 3
        let source = try ExactCubeSource(description: cube.description, chunks: chunks)
        for lines in [0..<12, 3..<5, 7..<8] {
            let error = #expect(throws: CubeCodecError.self) { try source.read(lines: lines) }
            guard case .damagedBlock(4..<8, _) = error else {
                Issue.record("\(String(describing: error)) does not name lines 4 to 7")
                continue
            }
            #expect(error?.exitStatus == .damaged)
        }
        for lines in [0..<4, 8..<12] {
            #expect(try source.read(lines: lines) == cube.read(lines: lines))
        }
    }

    @Test func `blocks in each other's places are refused`() throws {
        let cube = try MemoryCube.scene(.int16)
        var chunks = try MemoryChunks(cube, blockByteCount: 4 * 9 * 7 * 2)
        chunks.chunks.swapAt(1, 2)
        #expect(throws: CubeCodecError.self) { try chunks.decoded(cube.description) }
    }

    @Test func `a missing chunk is noticed on opening`() throws {
        let cube = try MemoryCube.scene(.int16)
        var chunks = try MemoryChunks(cube, blockByteCount: 4 * 9 * 7 * 2)
        chunks.chunks.removeLast()
        #expect(throws: CubeCodecError.self) { try chunks.decoded(cube.description) }
    }

    @Test func `an impossible extent behind a right checksum is refused`() throws {
        let cube = try MemoryCube.scene(lines: 1, samples: 1, bands: 1, .uint8)
        var chunks = try MemoryChunks(cube)
        // 2^59 bands, the last field before the list of blocks.
        chunks.chunks[0].replaceSubrange(56..<64, with: [0, 0, 0, 0, 0, 0, 0, 8])
        chunks.chunks[0] = ReferenceCRC.sealed(chunks.chunks[0])
        #expect(throws: CubeCodecError.self) {
            try ExactStreamHeader(decoding: chunks.chunks[0])
        }
    }

    @Test func `a stream without chunks is refused`() throws {
        let cube = try MemoryCube.scene(.int16)
        var chunks = try MemoryChunks(cube)
        chunks.chunks = []
        #expect(throws: CubeCodecError.self) { try chunks.decoded(cube.description) }
    }

    @Test func `a later version asks for a later program`() throws {
        let cube = try MemoryCube.scene(.int16)
        var chunks = try MemoryChunks(cube)
        chunks.chunks[0][4] = 3
        let error = #expect(throws: CubeCodecError.self) { try chunks.decoded(cube.description) }
        guard case .unknownVersion(_, 3) = error else {
            Issue.record("not \(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        (SampleType.int16, Fidelity.lossless, nil), (.uint16, .maximumError(2), 25),
        (.float32, .maximumError(0.5), 20.0), (.float64, .lossless, nil),
    ])
    func `10000 mutations of a stream give an error or the very same samples`(
        type: SampleType, fidelity: Fidelity, nodata: Double?
    ) throws {
        let cube = try MemoryCube.scene(lines: 4, samples: 4, bands: 3, type, nodata: nodata)
        let original = try MemoryChunks(cube, fidelity, blockByteCount: 64)
        let truth = try original.decoded(cube.description)
        var generator = SeededGenerator(seed: 21)
        var refusedCount = 0
        for _ in 0..<2500 {
            var chunks = original
            mutate(&chunks, &generator)
            do {
                #expect(try chunks.decoded(cube.description) == truth)
            } catch is CubeCodecError {
                refusedCount += 1
            }
        }
        #expect(refusedCount > 1500)
    }

    /// Changes one chunk; in half the cases its header's checksum is then made right again, so that
    /// what lies behind the checksum is put to the test too.
    private func mutate(_ chunks: inout MemoryChunks, _ generator: inout SeededGenerator) {
        let index = generator.index(below: chunks.chunks.count)
        var bytes = chunks.chunks[index]
        for _ in 0...generator.index(below: 3) {
            let position = generator.index(below: bytes.count)
            switch generator.index(below: 5) {
            case 0, 1: bytes[position] ^= 1 << UInt8(generator.index(below: 8))
            case 2: bytes[position] = [0, 1, 127, 128, 255][generator.index(below: 5)]
            case 3: bytes.remove(at: position)
            default: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: position)
            }
        }
        if generator.index(below: 2) == 0 {
            let end =
                index == 0 || index == chunks.chunks.count - 1 ? bytes.count : min(56, bytes.count)
            bytes.replaceSubrange(..<end, with: ReferenceCRC.sealed(Array(bytes[..<end])))
        }
        chunks.chunks[index] = bytes
    }
}
