import Basics
import Foundation
import MetaLearning
import NeuralField

/// The names under which a base network is exchanged as a safetensors file; docs/FORMAT.md lists
/// them for whoever trains networks elsewhere.
enum NetworkTensors {
    /// Value of the metadata's key `cubevault`.
    static let format = "base network 1"

    /// Keys of the metadata.
    enum Key {
        static let format = "cubevault"
        static let omega = "omega"
        static let latentGrid = "latent_grid"
        static let mergeNanometers = "merge_nanometers"
        static let innerStepCount = "inner_steps"
        static let latentForm = "latent_form"
        static let family = "family"
        static let manifest = "manifest"
        static let sha256 = "sha256"
        static let checksum = "checksum"
    }

    /// What the names of a companion's tensors, and its own metadata's keys, begin with.
    static func companionPrefix(_ index: Int) -> String { "companion.\(index)." }

    /// Names of the tensors beside those of the layers.
    enum Name {
        static let innerRates = "inner.rates"
        static let wavelengths = "grid.wavelengths"
        static let latentMeans = "latent.means"
        static let latentSteps = "latent.steps"
        static let latentMagnitudes = "latent.magnitudes"
        static let goldenLatents = "golden.latents"
        static let goldenCoordinates = "golden.coordinates"
        static let goldenSamples = "golden.samples"
    }

    /// One matrix or vector of the parameters.
    struct Part {
        var name: String
        var shape: [Int]
        /// Where it lies among the parameters.
        var range: Range<Int>
    }

    /// Every matrix and vector of a network, in the order of its parameters.
    static func parts(of architecture: FieldArchitecture) -> [Part] {
        let width = architecture.hiddenWidth
        let layout = FieldLayout(architecture)
        let hidden = (0..<architecture.hiddenLayerCount).flatMap { layer in
            [
                Part(
                    name: "hidden.\(layer).weight",
                    shape: [width, layout.inputCount(ofHiddenLayer: layer)],
                    range: layout.weights(ofHiddenLayer: layer)),
                Part(
                    name: "hidden.\(layer).bias", shape: [width],
                    range: layout.biases(ofHiddenLayer: layer)),
            ]
        }
        let (outputs, shifts) = (architecture.outputCount, architecture.shiftCount)
        return hidden + [
            Part(name: "output.weight", shape: [outputs, width], range: layout.outputWeights),
            Part(name: "output.bias", shape: [outputs], range: layout.outputBiases),
            Part(
                name: "modulation.weight", shape: [shifts, architecture.latentCount],
                range: layout.modulationWeights),
            Part(name: "modulation.bias", shape: [shifts], range: layout.modulationBiases),
        ]
    }

    /// A network and its companions as tensors, with golden decodes for whoever reads them.
    ///
    /// - Throws: ``NeuralFieldError`` where the network cannot decode.
    static func file(
        of network: BaseNetwork, family: String, manifest: String
    ) throws -> TensorFile {
        var file = try file(of: network)
        for (index, companion) in network.companions.enumerated() {
            file.add(try Self.file(of: companion), prefix: companionPrefix(index))
        }
        file.metadata[Key.family] = family
        file.metadata[Key.manifest] = manifest
        file.metadata[Key.sha256] = SHA256Hasher.digest(of: try network.serialized()).hexadecimal
        file.metadata[Key.checksum] = checksum(of: file).hexadecimal
        return file
    }

    private static func file(of network: BaseNetwork) throws -> TensorFile {
        let architecture = network.architecture
        var file = TensorFile()
        for part in parts(of: architecture) {
            file.add(part.name, shape: part.shape, network.parameters.values[part.range])
        }
        file.add(Name.innerRates, shape: [architecture.latentCount], network.inner.rates)
        file.add(
            Name.wavelengths, shape: [architecture.outputCount],
            network.bandGrid.wavelengthNanometers.map { $0 ?? 0 })
        if let prior = network.latentPrior {
            let shape = [architecture.latentCount]
            if prior.isCentred { file.add(Name.latentMeans, shape: shape, prior.means) }
            file.add(Name.latentSteps, shape: shape, prior.steps)
            file.add(
                Name.latentMagnitudes, shape: shape, prior.magnitudes16.map { Float($0) / 16 })
        }
        try addGoldenDecodes(of: network, to: &file)
        file.metadata = [
            Key.format: format, Key.omega: "\(architecture.omega)",
            Key.latentGrid: network.latentGrid.description,
            Key.mergeNanometers: "\(network.bandGrid.mergeNanometers)",
            Key.innerStepCount: "\(network.inner.stepCount)",
            Key.latentForm: "\(network.latentForm)",
        ]
        return file
    }

    /// What a file of ours states beside the network's digest, which does not cover everything.
    static func checksum(of file: TensorFile) -> SHA256Digest {
        file.digest(with: [Key.family, Key.manifest].map { file.metadata[$0] ?? "" })
    }

    private static func addGoldenDecodes(
        of network: BaseNetwork, to file: inout TensorFile
    ) throws {
        let decodes = try GoldenDecode.standard(of: network.parameters)
        let coordinates = GoldenDecode.coordinates
        let pixelCount = coordinates.count / 2
        let decoder = try FieldDecoder(network.parameters)
        let samples = try decodes.flatMap {
            pixelMajor(
                try decoder.decode(latent: $0.latent, coordinates: coordinates), pixelCount)
        }
        file.add(
            Name.goldenLatents, shape: [decodes.count, network.architecture.latentCount],
            decodes.flatMap(\.latent))
        file.add(Name.goldenCoordinates, shape: [pixelCount, 2], coordinates)
        file.add(
            Name.goldenSamples,
            shape: [decodes.count, pixelCount, network.architecture.outputCount], samples)
    }

    /// [pixels][outputs] from [outputs][pixels].
    static func pixelMajor(_ values: [Float], _ pixelCount: Int) -> [Float] {
        let outputCount = values.count / pixelCount
        return (0..<pixelCount).flatMap { pixel in
            (0..<outputCount).map { values[$0 * pixelCount + pixel] }
        }
    }
}
