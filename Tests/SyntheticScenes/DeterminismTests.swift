import Basics
import Cube
import SyntheticScenes
import Testing

@Suite struct DeterminismTests {
    /// SHA-256 of the samples of a 40 x 50 scene of the full-range sensor, seed 2024.
    private static let goldenHashes: [SyntheticSceneKind: String] = [
        .farmland: "9c6a427cba2af1ccdf14dbbccfde9d076c07a863ed76f6936664ca792154068d",
        .coast: "519063699c60f31108907cb18fc45a88fe2de461bb73bd4004b446d5024844b5",
        .town: "088a49fbac586f2e5a0c995b5e244bf67f27ac13ab71de6aab4379fb6cfff324",
        .minerals: "5c5facc391d598a2de919b6dab52d0ab5d8200f59900b10e27f854eca76b6fee",
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
