import Basics
import Cube
import CubeCodec
import MetaLearning
import Testing

/// Latents that are coded by what their base network expects of them.
struct PriorLatentTests {
    private static func scene(latentCount: Int = 32) throws -> BaseNetwork {
        try PriorFixture.network(latentCount: latentCount, grid: .scene)
    }

    /// Values as ``PriorFixture`` expects them, times a factor.
    private static func expected(
        _ network: BaseNetwork, factor: Float = 1, seed: UInt64
    ) throws -> SceneLatent {
        let prior = try #require(network.latentPrior)
        var latent = try LatentTests.latent(
            latentCount: prior.steps.count, scale: 1, seed: seed)
        for (index, step) in prior.steps.enumerated() {
            latent.values[index] *= factor * 1.25 * Float(prior.magnitudes16[index]) / 16 * step
        }
        return latent
    }

    @Test(arguments: [-7, 0, 1, 12], [false, true])
    func `a latent comes back as multiples of its own steps`(
        exponent: Int, isCentred: Bool
    ) throws {
        let network = try PriorFixture.network(
            latentCount: 7, grid: .tiles(lines: 12, samples: 30), isCentred: isCentred)
        let latent = try LatentTests.latent(rows: 9, columns: 4, latentCount: 7)
        let quantized = try PriorFixture.quantized(latent, network, exponent: exponent)
        let bytes = LatentBitstream(encoding: quantized).bytes
        let decoded = try LatentBitstream.decode(
            bytes, geometry: LatentTests.geometry, network: network)
        #expect(decoded == quantized)
        let steps = try #require(network.latentPrior?.steps(exponent: exponent))
        for (position, value) in latent.values.enumerated() {
            let step = steps[position % 7]
            #expect(abs(decoded.latent.values[position] - value) <= step * 0.51)
        }
    }

    @Test func `what the network knows is not said again`() throws {
        let network = try Self.scene()
        var (plain, known) = (0, 0)
        for seed in 0..<20 as Range<UInt64> {
            let latent = try Self.expected(network, seed: seed)
            let quantized = try PriorFixture.quantized(latent, network, exponent: 0)
            let stream = LatentBitstream(encoding: quantized)
            known += stream.codedByteCount
            #expect(stream.bytes.count - stream.codedByteCount <= 33)
            // The same indices, with one step and one mean for all values.
            var indices = latent
            indices.values = quantized.indices.map(Float.init)
            plain += LatentBitstream(encoding: try QuantizedLatent(indices, step: 1)).codedByteCount
        }
        #expect(Double(known) < 0.8 * Double(plain))
    }

    @Test func `latents about their means cost what those about 0 do`() throws {
        let centred = try PriorFixture.network(latentCount: 32, grid: .scene, isCentred: true)
        let means = try #require(centred.latentPrior?.means)
        let network = try Self.scene()
        for seed in 0..<20 as Range<UInt64> {
            let latent = try Self.expected(network, seed: seed)
            var shifted = latent
            shifted.values = zip(latent.values, means).map { $0 + $1 }
            let quantized = try PriorFixture.quantized(shifted, centred, exponent: 0)
            #expect(
                quantized.indices
                    == (try PriorFixture.quantized(latent, network, exponent: 0)).indices)
            let far = try PriorFixture.quantized(shifted, network, exponent: 0)
            #expect(
                LatentBitstream(encoding: quantized).codedByteCount
                    < LatentBitstream(encoding: far).codedByteCount)
        }
    }

    @Test func `a latent of nothing but means is all zeros, and is not measured`() throws {
        let network = try PriorFixture.network(latentCount: 32, grid: .scene, isCentred: true)
        var latent = try LatentTests.latent(latentCount: 32)
        latent.values = try #require(network.latentPrior?.means)
        let choice = try LatentQuantizer().choose(latent, prior: network.latentPrior) { _ in
            Issue.record("it has nothing to choose")
            return 0
        }
        #expect(choice.quantized.indices.allSatisfy { $0 == 0 })
        #expect(choice.quantized.latent == latent)
    }

    @Test func `a value that overflows when its mean is added is refused`() throws {
        let prior = try LatentPrior(means: [0x1p127], steps: [0x1p124], magnitudes16: [1])
        let steps = LatentSteps.prior(prior, exponent: 0)
        var latent = try LatentTests.latent(latentCount: 1)
        latent.values = [0x1p127 + 0x1p126]
        #expect(try QuantizedLatent(latent, steps: steps).indices == [4])
        // Half a step from it 2^128 is nearest.
        latent.values = [.greatestFiniteMagnitude]
        #expect(throws: CubeCodecError.self) { try QuantizedLatent(latent, steps: steps) }
    }

    @Test func `a latent ten times as large as expected costs little more than its own bits`()
        throws
    {
        let network = try Self.scene()
        var (fine, coarse) = (0, 0)
        for seed in 0..<20 as Range<UInt64> {
            let usual = try Self.expected(network, seed: seed)
            let large = try Self.expected(network, factor: 8, seed: seed)
            fine +=
                LatentBitstream(
                    encoding: try PriorFixture.quantized(usual, network, exponent: -6)
                ).codedByteCount
            coarse +=
                LatentBitstream(
                    encoding: try PriorFixture.quantized(large, network, exponent: 0)
                ).codedByteCount
        }
        // The same indices; only the expectation is eight times too small.
        #expect(Double(coarse) < 1.12 * Double(fine))
    }

    @Test func `a latent for a companion says so, and decodes with no other network`() throws {
        let companion = try PriorFixture.network(
            latentCount: 7, grid: .tiles(lines: 12, samples: 30))
        let network = try Self.scene().with(companions: [companion])
        var latent = try LatentTests.latent(rows: 9, columns: 4, latentCount: 7)
        latent.level = 1
        let quantized = try PriorFixture.quantized(latent, companion, exponent: 2)
        let bytes = LatentBitstream(encoding: quantized).bytes
        let geometry = LatentTests.geometry
        let decoded = try LatentBitstream.decode(bytes, geometry: geometry, network: network)
        #expect(decoded == quantized && decoded.latent.level == 1)
        for foreign in [companion, try Self.scene()] {
            #expect(throws: CubeCodecError.self) {
                try LatentBitstream.decode(bytes, geometry: geometry, network: foreign)
            }
        }
        // The level stands behind the length, of one byte or two; level 0 goes without saying.
        var stated = bytes
        for level in [0, 2, 127] as [UInt8] {
            stated[bytes.count > 137 ? 7 : 6] = level
            #expect(throws: CubeCodecError.self) {
                try LatentBitstream.decode(
                    ReferenceCRC.sealed(stated), geometry: geometry, network: network)
            }
        }
    }

    @Test(arguments: [0, 1])
    func `a latent says how its seams are smoothed`(level: Int) throws {
        let tiles = try PriorFixture.network(
            latentCount: 7, grid: .tiles(lines: 12, samples: 30))
        let network = level == 0 ? tiles : try Self.scene().with(companions: [tiles])
        var latent = try LatentTests.latent(rows: 9, columns: 4, latentCount: 7)
        latent.level = level
        let plain = try PriorFixture.quantized(latent, tiles, exponent: 2)
        let smoothed = plain.with(Deblocking(level: 3))
        let bytes = LatentBitstream(encoding: smoothed).bytes
        #expect(bytes.count == LatentBitstream(encoding: plain).bytes.count + 2 - level)
        let geometry = LatentTests.geometry
        let decoded = try LatentBitstream.decode(bytes, geometry: geometry, network: network)
        #expect(decoded == smoothed && decoded.latent.deblocking?.level == 3)
        // The only 3 that follows the band states, before the prediction.
        let states = try #require(bytes.firstIndex(of: 0x99))
        let place = try #require(bytes[states...].firstIndex(of: 3))
        for code in [0, 13, 255] as [UInt8] {
            var stated = bytes
            stated[place] = code
            #expect(throws: CubeCodecError.self) {
                try LatentBitstream.decode(
                    ReferenceCRC.sealed(stated), geometry: geometry, network: network)
            }
        }
    }

    @Test func `cells by themselves keep their values`() throws {
        let network = try PriorFixture.network(
            latentCount: 7, grid: .tiles(lines: 12, samples: 30))
        let latent = try LatentTests.latent(rows: 9, columns: 4, latentCount: 7)
        let quantized = try PriorFixture.quantized(latent, network, exponent: 0)
        let row = quantized.row(ofCells: [2, 35])
        #expect(row.latent.cellCount == 2)
        #expect(row.latent.cell(0) == quantized.latent.cell(2))
        #expect(row.latent.cell(1) == quantized.latent.cell(35))
        let (whole, part) = (LatentBitstream(encoding: quantized), LatentBitstream(encoding: row))
        #expect(part.codedByteCount < whole.codedByteCount / 8)
    }

    @Test func `a stream that needs a prior is refused without one`() throws {
        let network = try Self.scene()
        let bytes = LatentBitstream(
            encoding: try PriorFixture.quantized(
                LatentTests.latent(), network, exponent: 0)
        ).bytes
        #expect(throws: CubeCodecError.self) {
            try LatentBitstream.decode(bytes, geometry: LatentTests.geometry)
        }
    }

    @Test func `a few bytes cannot ask for the memory of millions of cells`() throws {
        let network = try PriorFixture.network(
            latentCount: 32, grid: .tiles(lines: 1, samples: 1))
        let small = try PriorFixture.network(latentCount: 32, grid: .scene)
        let bytes = LatentBitstream(
            encoding: try PriorFixture.quantized(LatentTests.latent(), small, exponent: 0)
        ).bytes
        let huge = try CubeGeometry(lines: 1 << 20, samples: 1 << 20, bands: 6)
        #expect(throws: CubeCodecError.self) {
            try LatentBitstream.decode(bytes, geometry: huge, network: network)
        }
    }

    @Test func `the quantiser scales a prior's steps as far as the budget allows`() throws {
        let network = try Self.scene()
        let latent = try Self.expected(network, seed: 1)
        func loss(_ candidate: SceneLatent) -> Double {
            1e-3
                + zip(candidate.values, latent.values)
                .reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 32
        }
        var lengths: [Int] = []
        for budget in [0.01, 0.1, 1] {
            let choice = try LatentQuantizer(budgetDecibels: budget).choose(
                latent, prior: network.latentPrior, loss: loss)
            #expect(choice.lossDecibels <= budget)
            lengths.append(LatentBitstream(encoding: choice.quantized).bytes.count)
        }
        #expect(lengths == lengths.sorted(by: >) && lengths[0] > lengths[2])
    }
}
