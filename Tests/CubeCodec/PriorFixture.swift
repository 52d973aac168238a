import CubeCodec
import MetaLearning
import NeuralField
import Testing

/// A base network that expects something of its latents.
enum PriorFixture {
    /// Value l has a step of 2^-5 (1 + l / 4) and a mean magnitude of 8 / (1 + l) steps; centred,
    /// a mean of 0.1 (l - 1).
    static func network(
        latentCount: Int = 5, grid: LatentGrid, isCentred: Bool = false
    ) throws -> BaseNetwork {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 2, hiddenWidth: 4, latentCount: latentCount, outputCount: 2,
            omega: 15)
        return try BaseNetwork(
            parameters: FieldParameters(seeding: architecture, seed: 4),
            bandGrid: BandGrid(wavelengthNanometers: [nil, nil], mergeNanometers: 1),
            latentGrid: grid,
            inner: InnerSettings(
                stepCount: 3, rates: [Float](repeating: 1, count: latentCount)),
            latentPrior: LatentPrior(
                means: (0..<latentCount).map { isCentred ? 0.1 * (Float($0) - 1) : 0 },
                steps: (0..<latentCount).map { 0x1p-5 * (1 + Float($0) / 4) },
                magnitudes16: (0..<latentCount).map { UInt16(128 / (1 + $0)) }))
    }

    static func quantized(
        _ latent: SceneLatent, _ network: BaseNetwork, exponent: Int
    ) throws -> QuantizedLatent {
        let prior = try #require(network.latentPrior)
        return try QuantizedLatent(latent, steps: .prior(prior, exponent: exponent))
    }
}
