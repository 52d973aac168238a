import BlobStore
import Cube
import CubeCodec
import TestSupport
import Testing

/// What samples without data cost, in bytes as they are stored.
struct NodataTests {
    /// Noisy mixtures of a few smooth spectra; -9999 where `isMissing` says so.
    private func scene(
        bands: Int = 24, isMissing: (_ line: Int, _ sample: Int) -> Bool
    ) throws -> MemoryCube {
        let (lines, samples) = (90, 120)
        var values = try MemoryCube.scene(
            lines: lines, samples: samples, bands: bands, .int16, scale: 400
        ).block.doubles().map { Int16($0) }
        for index in values.indices
        where isMissing(index % (lines * samples) / samples, index % samples) {
            values[index] = -9999
        }
        return try .of(
            values, lines: lines, samples: samples, bands: bands, .int16, nodata: -9999)
    }

    /// Bytes of the cube's blocks in a blob; it must come back bit for bit.
    private func storedByteCount(_ cube: MemoryCube, _ effort: ExactEffort) throws -> Int {
        let blobs = BlobStore(folder: try TemporaryFolder().path)
        let encoder = try ExactEncoder(
            description: cube.description, fidelity: .lossless,
            coder: effort.choice(sample: cube.block),
            storedByteCount: { try blobs.compressedByteCount(of: $0) })
        let chunk = try encoder.blockChunk(cube.block)
        var chunks = try MemoryChunks(cube)
        chunks.chunks = [encoder.headerChunk(), chunk, encoder.headerChunk()]
        #expect(try chunks.decoded(cube.description) == cube.block)
        return try blobs.compressedByteCount(of: chunk)
    }

    /// Bits that each missing sample adds to what the others take without them.
    private func addedBits(
        _ effort: ExactEffort, cut: Range<Int>, isMissing: (Int, Int) -> Bool
    ) throws -> Double {
        let cube = try scene(isMissing: isMissing)
        let window = CubeWindow(lines: 0..<90, samples: cut)
        let rest = try MemoryCube(
            description: cube.description.cropped(to: window, bandIndices: Array(0..<24)),
            bytes: cube.read(window, bandIndices: Array(0..<24)).bytes)
        let missingCount = cube.block.sampleCount - rest.block.sampleCount
        let added =
            try storedByteCount(cube, effort) - storedByteCount(rest, effort)
        return 8 * Double(added) / Double(missingCount)
    }

    @Test(arguments: ExactEffort.allCases)
    func `a region without data adds less than a twentieth of a bit`(effort: ExactEffort) throws {
        let right = try addedBits(effort, cut: 0..<70) { _, sample in sample >= 70 }
        #expect(right < 0.05)
        let left = try addedBits(effort, cut: 50..<120) { _, sample in sample < 50 }
        #expect(left < 0.05)
    }

    /// Bits that each missing sample adds to what the others take in the scene without them.
    private func addedBits(
        _ effort: ExactEffort, isMissing: (Int, Int) -> Bool
    ) throws -> Double {
        let whole = try scene { _, _ in false }
        let missingCount = (0..<90 * 120).count { isMissing($0 / 120, $0 % 120) }
        let rest = try storedByteCount(whole, effort) * (90 * 120 - missingCount) / (90 * 120)
        let added = try storedByteCount(try scene(isMissing: isMissing), effort) - rest
        return 8 * Double(added) / Double(24 * missingCount)
    }

    @Test(arguments: ExactEffort.allCases)
    func `edges of regions without data cost little`(effort: ExactEffort) throws {
        // As of swaths that were put on a map.
        let slanted = try addedBits(effort) { line, sample in
            !(10 + line / 3..<80 + line / 3).contains(sample)
        }
        #expect(slanted < 0.1)
        let narrowing = try addedBits(effort) { line, sample in
            !(line / 5..<120 - line / 5).contains(sample)
        }
        // The slow coder has lines moved together: what is above is not what it was.
        #expect(narrowing < (effort == .best ? 0.3 : 0.1))
    }
}
