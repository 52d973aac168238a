import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

/// What is left of a stream whose header, index or blocks are damaged.
struct SalvageTests {
    /// Three blocks of four lines.
    private static func stream() throws -> (cube: MemoryCube, chunks: MemoryChunks) {
        let cube = try MemoryCube.scene(lines: 12, samples: 9, bands: 7, .int16, nodata: 5)
        return (cube, try MemoryChunks(cube, blockByteCount: 4 * 9 * 7 * 2))
    }

    /// The lines that could be read and the first line of each region that could not; every sample
    /// that was read is the cube's.
    private static func salvage(
        _ cube: MemoryCube, _ chunks: MemoryChunks, isRecovered: Bool = false
    ) throws -> (repairs: Int, lost: [Int]) {
        let source = try ExactCubeSource(
            description: cube.description, salvaging: chunks, isRecovered: isRecovered)
        var lost: [LostRegion] = []
        let geometry = cube.description.geometry
        var line = 0
        try source.readBlocks(
            CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands),
            onLoss: { lost.append($0) }
        ) { block in
            #expect(block.window.lines.lowerBound == line)
            line = block.window.lines.upperBound
            if lost.last?.window != block.window {
                let truth = try cube.read(lines: block.window.lines)
                #expect(block == truth)
            }
        }
        #expect(line == geometry.lines)
        return (source.repairs.count, lost.flatMap { Array($0.window.lines) })
    }

    @Test func `a sound stream needs no repairs`() throws {
        let (cube, chunks) = try Self.stream()
        #expect(try Self.salvage(cube, chunks) == (0, []))
    }

    @Test func `either header serves where the other is damaged`() throws {
        let (cube, sound) = try Self.stream()
        var chunks = sound
        chunks.chunks[0][40] ^= 1
        #expect(throws: CubeCodecError.self) { try chunks.decoded(cube.description) }
        #expect(try Self.salvage(cube, chunks) == (1, []))
        chunks = sound
        chunks.chunks[4] = []
        #expect(try Self.salvage(cube, chunks) == (0, []))
    }

    @Test func `blocks tell their lines where both headers are damaged`() throws {
        let (cube, sound) = try Self.stream()
        var chunks = sound
        chunks.chunks[0] = []
        chunks.chunks[4][9] ^= 4
        #expect(try Self.salvage(cube, chunks) == (1, []))
        for lost in 1...3 {
            var fewer = chunks
            fewer.chunks[lost][20] ^= 1
            let first = 4 * lost - 4
            #expect(try Self.salvage(cube, fewer) == (1, Array(first..<first + 4)))
        }
        for index in 0..<5 { chunks.chunks[index] = [] }
        #expect(throws: CubeCodecError.self) { try Self.salvage(cube, chunks) }
    }

    @Test func `a stream of version 1 with a damaged header gives its blocks back`() throws {
        let (cube, sound) = try Self.stream()
        var chunks = sound
        chunks.chunks.removeLast()
        chunks.chunks[0][40] ^= 1
        #expect(try Self.salvage(cube, chunks) == (1, []))
    }

    @Test func `chunks that were found without an index are put in their places`() throws {
        let (cube, sound) = try Self.stream()
        var chunks = sound
        // Cut off behind the first block.
        chunks.chunks = Array(sound.chunks[..<2])
        #expect(try Self.salvage(cube, chunks, isRecovered: true) == (1, Array(4..<12)))
        // Two blocks lost in one gap, and the first header with them.
        chunks.chunks = [[], sound.chunks[3], sound.chunks[4]]
        #expect(try Self.salvage(cube, chunks, isRecovered: true) == (2, Array(0..<8)))
        chunks.chunks = sound.chunks.reversed()
        #expect(try Self.salvage(cube, chunks, isRecovered: true) == (1, []))
        chunks.chunks = [sound.chunks[2], [], sound.chunks[2], [1, 2, 3]]
        #expect(
            try Self.salvage(cube, chunks, isRecovered: true).lost == [0, 1, 2, 3, 8, 9, 10, 11])
    }

    @Test func `a header of another cube is not believed`() throws {
        let (cube, sound) = try Self.stream()
        let other = try MemoryCube.scene(lines: 12, samples: 9, bands: 6, .int16)
        var chunks = sound
        chunks.chunks[0] = try MemoryChunks(other).chunks[0]
        #expect(throws: CubeCodecError.self) { try Self.salvage(cube, chunks) }
    }

    @Test func `of mutated streams every sample that is given back is right`() throws {
        let (cube, sound) = try Self.stream()
        var mutator = Mutator(seed: 31 &+ Mutations.seedOffset)
        var salvagedCount = 0
        let count = Mutations.count(usually: 1500)
        for index in 0..<count {
            var chunks = sound
            for _ in 0...mutator.index(below: 3) {
                let place = mutator.index(below: chunks.chunks.count)
                switch mutator.index(below: 4) {
                case 0: chunks.chunks.remove(at: place)
                case 1: chunks.chunks.swapAt(place, mutator.index(below: chunks.chunks.count))
                default: chunks.chunks[place] = mutator.mutated(chunks.chunks[place])
                }
                if chunks.chunks.isEmpty { break }
            }
            do {
                _ = try Self.salvage(cube, chunks, isRecovered: index % 2 == 0)
                salvagedCount += 1
            } catch is CubeCodecError {
                continue
            }
        }
        #expect(salvagedCount > count * 2 / 3)
        Mutations.report("salvage", count, "\(salvagedCount) gave samples")
    }
}
