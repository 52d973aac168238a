import Basics
import Cube
import SyntheticScenes
import Testing

@Suite struct DeterminismTests {
    /// SHA-256 of the samples of a 40 x 50 scene of the full-range sensor, seed 2024.
    private static let goldenHashes: [SyntheticSceneKind: String] = [
        .farmland: "832a0d82bc212b03466ccf7e2a7b55b02154b8a33e1d3921c894267f1b18b0ee",
        .coast: "9ac17a0e06b12397b2c05ef144179247ff3cd6a15709cd331e590e9e44ba955b",
        .town: "cdf65abe3e615aebcd9e1594c3a5ec99bd7a93b044b61a77ab89673b76e8714f",
        .minerals: "c6f1c6bd68f9df8e1ed8df861f2dac77a319935f459a6f78bbe942287395417f",
    ]

    @Test(arguments: SyntheticSceneKind.allCases)
    func `a seed gives the same bytes for ever`(kind: SyntheticSceneKind) throws {
        let scene = try SyntheticScene(
            kind: kind, sensor: .fullRange, lines: 40, samples: 50, seed: 2024)
        let digest = SHA256Hasher.digest(of: try scene.read(lines: 0..<40).bytes)
        #expect(digest.hexadecimal == Self.goldenHashes[kind])
    }

    @Test func `other seeds and kinds give other scenes`() throws {
        func digest(_ kind: SyntheticSceneKind, _ seed: UInt64) throws -> SHA256Digest {
            let scene = try SyntheticScene(
                kind: kind, sensor: .visibleNearInfrared(bandCount: 5), lines: 20, samples: 20,
                seed: seed)
            return SHA256Hasher.digest(of: try scene.read(lines: 0..<20).bytes)
        }
        let digests = try SyntheticSceneKind.allCases.flatMap { kind in
            try (0..<5).map { try digest(kind, $0) }
        }
        #expect(Set(digests).count == digests.count)
    }

    @Test func `where no kind is asked for the seed chooses among all of them`() throws {
        let kinds = try (0..<40).map { seed in
            try SyntheticScene(lines: 2, samples: 2, seed: seed).kind
        }
        #expect(Set(kinds).count == SyntheticSceneKind.allCases.count)
    }
}
