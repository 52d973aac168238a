import Basics
import Cube
import Foundation
import MetaLearning
import Testing

@Suite struct FieldEncoderTests {
    @Test func `encoding is never worse than the zero latent and effort never hurts`() throws {
        let network = try SyntheticField.network()
        for seed in [1, 2, 50] as [UInt64] {
            let pixels = try SyntheticField.pixels(SyntheticField.cube(seed: seed))
            let fast = try FieldEncoder(network: network).encode(pixels)
            let normal = try FieldEncoder(network: network, effort: .normal).encode(pixels)
            let best = try FieldEncoder(network: network, effort: .best).encode(pixels)
            var zero = fast
            zero.values = zero.values.map { _ in 0 }
            let encoder = try FieldEncoder(network: network)
            let zeroError = try encoder.meanSquaredError(of: zero, on: pixels)
            let fastError = try encoder.meanSquaredError(of: fast, on: pixels)
            let normalError = try encoder.meanSquaredError(of: normal, on: pixels)
            let bestError = try encoder.meanSquaredError(of: best, on: pixels)
            #expect(fastError <= zeroError)
            #expect(normalError <= fastError)
            #expect(bestError < fastError)
        }
    }

    @Test func `the normal effort stops where a step gains less than rounding may cost`() throws {
        let network = try SyntheticField.network()
        let pixels = try SyntheticField.pixels(SyntheticField.cube(seed: 50))
        func error(leastGainDecibels: Double) throws -> Double {
            let encoder = try FieldEncoder(
                network: network, effort: .normal, leastGainDecibels: leastGainDecibels)
            return try encoder.meanSquaredError(of: encoder.encode(pixels), on: pixels)
        }
        let patient = try error(leastGainDecibels: 0.0001)
        let hasty = try error(leastGainDecibels: 20)
        let fast = try FieldEncoder(network: network)
        let fastError = try fast.meanSquaredError(of: fast.encode(pixels), on: pixels)
        #expect(patient < hasty)
        #expect(hasty <= fastError)
    }

    @Test func `the encoder's error is the reconstruction's error`() throws {
        let network = try SyntheticField.network()
        let cube = try SyntheticField.cube()
        let pixels = try SyntheticField.pixels(cube)
        let encoder = try FieldEncoder(network: network)
        let latent = try encoder.encode(pixels)
        let reconstruction = try FieldReconstruction(
            network: network, latent: latent, description: cube.description)
        let window = CubeWindow(whole: cube.description.geometry)
        let values = try reconstruction.decodeValues(window, bandIndices: Array(0..<6))
        let squares = zip(values, cube.block.doubles()).map {
            ($0.0.isNaN ? 0 : Double($0.0) - $0.1)
        }
        .reduce(0) { $0 + $1 * $1 }
        let gain = latent.scaling.gain
        let expected = squares / Double(values.count) / (gain * gain)
        let found = try encoder.meanSquaredError(of: latent, on: pixels)
        #expect(abs(found - expected) < 1e-4 * expected)
        var meter = QualityMeter(nodataValue: nil)
        meter.add(
            original: cube.block,
            reconstruction: try reconstruction.read(window, bandIndices: Array(0..<6)))
        let decibels = try #require(meter.quality.psnrDecibels)
        #expect(abs(decibels + 10 * log10(found)) < 0.1)
    }

    @Test func `each cell has a latent of its own`() throws {
        let (network, pixels) = try Self.tiles()
        let latent = try FieldEncoder(network: network).encode(pixels)
        #expect((latent.rows, latent.columns) == (3, 3))
        #expect(Set((0..<9).map { latent.cell($0) }).count == 9)
    }

    /// A network of small tiles, and the scene that it was trained on.
    private static func tiles() throws -> (network: BaseNetwork, pixels: ScenePixels) {
        var settings = SyntheticField.settings(iterations: 60)
        settings.latentGrid = .tiles(lines: 10, samples: 8)
        let pixels = try SyntheticField.pixels(SyntheticField.cube(), grid: settings.latentGrid)
        let network = try MetaTrainer(scenes: [pixels], settings: settings)
            .run(checkpointPath: nil, stop: StopToken(), progress: nil).network
        return (network, pixels)
    }

    @Test func `the dearer bits are, the nearer to their means latents stay`() throws {
        let (network, pixels) = try Self.tiles()
        let prior = try #require(network.latentPrior)
        let encoder = try FieldEncoder(network: network, threadCount: 1)
        let start = try encoder.encode(pixels)
        var errors = [try encoder.meanSquaredError(of: start, on: pixels)]
        var sizes: [Float] = []
        for exponent in [-20, 4, 8, 12] {
            let latent = try encoder.improve(
                start, on: pixels, exponent: exponent, iterationCount: 30)
            errors.append(try encoder.meanSquaredError(of: latent, on: pixels))
            sizes.append(
                latent.cells.joined().enumerated().reduce(0) { sum, value in
                    let distance = value.element - prior.means[value.offset % prior.means.count]
                    return sum + distance * distance
                })
            let again = try FieldEncoder(network: network, threadCount: 2).improve(
                start, on: pixels, exponent: exponent, iterationCount: 30)
            #expect(latent == again)
        }
        #expect(errors[1] < errors[0])
        #expect(Array(errors.dropFirst()) == errors.dropFirst().sorted())
        #expect(sizes == sizes.sorted(by: >) && sizes[3] < sizes[0] / 4)
        #expect(throws: MetaLearningError.self) {
            let plain = try BaseNetwork(
                parameters: network.parameters, bandGrid: network.bandGrid,
                latentGrid: network.latentGrid, inner: network.inner)
            _ = try FieldEncoder(network: plain).improve(
                start, on: pixels, exponent: 0, iterationCount: 1)
        }
    }

    @Test func `what bits cost follows from the scene, not from what all scenes have`() throws {
        let (network, pixels) = try Self.tiles()
        let prior = try #require(network.latentPrior)
        let wide = try network.with(
            LatentPrior(
                means: prior.means, steps: prior.steps,
                magnitudes16: prior.magnitudes16.map { $0 * 30 }))
        let start = try FieldEncoder(network: network).encode(pixels)
        let found = try [network, wide].map { network in
            try FieldEncoder(network: network).improve(
                start, on: pixels, exponent: 8, iterationCount: 30)
        }
        for (value, other) in zip(found[0].values, found[1].values) {
            #expect(abs(value - other) < 1e-3)
        }
        #expect(found[0].values != start.values)
    }

    @Test func `unmatched cubes, other grids and a stop are told apart`() throws {
        let network = try SyntheticField.network(iterations: 1)
        let encoder = try FieldEncoder(network: network)
        let tiled = try SyntheticField.pixels(
            SyntheticField.cube(), grid: .tiles(lines: 5, samples: 5))
        #expect(throws: MetaLearningError.self) { try encoder.encode(tiled) }
        let foreign = try SyntheticField.pixels(
            SyntheticField.cube(bands: 3, wavelengths: [400, 500, 600]))
        #expect(throws: MetaLearningError.self) { try encoder.encode(foreign) }
        let stop = StopToken()
        stop.request()
        let pixels = try SyntheticField.pixels(SyntheticField.cube())
        #expect(throws: BasicsError.stopped) { try encoder.encode(pixels, stop: stop) }
    }

    @Test func `a constant cube is encoded by its constants`() throws {
        let network = try SyntheticField.network(iterations: 1)
        let cube = try SyntheticField.floatCube(
            lines: 2, samples: 3,
            planes: [[Float](repeating: 5, count: 6), [Float](repeating: 8, count: 6)])
        let latent = try FieldEncoder(network: network).encode(SyntheticField.pixels(cube))
        let reconstruction = try FieldReconstruction(
            network: network, latent: latent, description: cube.description)
        #expect(try reconstruction.read(lines: 0..<2) == cube.block)
    }
}
