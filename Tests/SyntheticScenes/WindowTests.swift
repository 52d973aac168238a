import Basics
import Cube
import SyntheticScenes
import TestSupport
import Testing

@Suite struct WindowTests {
    @Test(arguments: SyntheticSceneKind.allCases)
    func `any window equals the same crop of the whole scene`(kind: SyntheticSceneKind) throws {
        let scene = try SyntheticScene(
            kind: kind, sensor: .visibleNearInfrared(bandCount: 9), lines: 70, samples: 83, seed: 3)
        let whole = try MemoryCube(reading: scene)
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<25 {
            let line = generator.index(below: 70)
            let sample = generator.index(below: 83)
            let window = CubeWindow(
                lines: line..<line + 1 + generator.index(below: 70 - line),
                samples: sample..<sample + 1 + generator.index(below: 83 - sample))
            let bands = (0..<1 + generator.index(below: 9)).map { _ in generator.index(below: 9) }
            #expect(
                try scene.read(window, bandIndices: bands)
                    == whole.read(window, bandIndices: bands))
        }
    }

    @Test func `a window or band outside the scene is refused`() throws {
        let scene = try SyntheticScene(
            sensor: .visibleNearInfrared(bandCount: 4), lines: 8, samples: 8, seed: 1)
        #expect(throws: CubeError.self) {
            try scene.read(CubeWindow(lines: 0..<9, samples: 0..<8), bandIndices: [0])
        }
        #expect(throws: CubeError.self) {
            try scene.read(CubeWindow(lines: 0..<8, samples: 0..<8), bandIndices: [4])
        }
        #expect(throws: CubeError.self) {
            try SyntheticScene(lines: 0, samples: 8, seed: 1)
        }
    }

    @Test func `threads that read at the same time get the same samples as one`() async throws {
        let scene = try SyntheticScene(
            kind: .town, sensor: .visibleNearInfrared(bandCount: 8), lines: 64, samples: 64,
            seed: 5)
        let whole = try MemoryCube(reading: scene)
        let agreements = try await withThrowingTaskGroup(of: Bool.self) { group in
            for first in stride(from: 0, to: 64, by: 8) {
                group.addTask {
                    try scene.read(lines: first..<first + 8) == whole.read(lines: first..<first + 8)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(agreements == Array(repeating: true, count: 8))
    }

    @Test func `lines of a 15 gigabyte scene are read without holding the scene`() throws {
        let scene = try SyntheticScene(
            kind: .farmland, sensor: .fullRange, lines: 18_000, samples: 2_000, seed: 9)
        #expect(scene.description.sampleByteCount > 14_000_000_000)
        let ranges = scene.lineRanges(ofAtMost: 16 << 20)
        let before = try ProcessMemory.peakByteCount()
        for index in [0, ranges.count / 2, ranges.count - 1] {
            let block = try scene.read(lines: ranges[index])
            #expect(block.bytes.count <= 16 << 20)
            #expect(block.bytes.contains { $0 != 0 })
        }
        #expect(try ProcessMemory.peakByteCount() - before < 128 << 20)
    }
}
