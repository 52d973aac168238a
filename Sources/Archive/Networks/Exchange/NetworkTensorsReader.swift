import Basics
import MetaLearning
import NeuralField

/// Makes a base network of tensors that may come from anywhere, and proves that it decodes here as
/// it did where it was made.
struct NetworkTensorsReader {
    /// Largest |difference| of a golden sample, relative to the larger of 1 and its magnitude: what
    /// another order of single-precision sums may cost, and far less than a wrong factor or
    /// transposed matrix does.
    static let goldenTolerance: Float = 2e-3
    /// Most pixels of all golden decodes together, so that a hostile file costs little.
    private static let maximumGoldenPixelCount = 4096

    let file: TensorFile
    /// For errors.
    let source: TensorFileReader

    /// The network and its companions, checked.
    ///
    /// - Throws: ``ArchiveError/notABaseNetwork(path:reason:)``.
    func network() throws -> BaseNetwork {
        let parts = (0...BaseNetwork.maximumCompanionCount).map {
            (prefix: NetworkTensors.companionPrefix($0), index: $0)
        }.prefix { part in file.tensors.keys.contains { $0.hasPrefix(part.prefix) } }
        var first = file
        let companions = try parts.map { part in
            first.remove(prefix: part.prefix)
            return try NetworkTensorsReader(file: file.part(prefix: part.prefix), source: source)
                .single()
        }
        let alone = try NetworkTensorsReader(file: first, source: source).single()
        do {
            let network = try alone.with(companions: companions)
            try checkDigest(of: network)
            return network
        } catch let error as NeuralFieldError {
            throw source.refusal(error.description)
        } catch let error as MetaLearningError {
            throw source.refusal(error.description)
        }
    }

    private func single() throws -> BaseNetwork {
        let format = try text(NetworkTensors.Key.format)
        guard format == NetworkTensors.format else {
            throw source.refusal("it holds '\(format)', not '\(NetworkTensors.format)'")
        }
        let architecture = try architecture()
        try requireKnownNames(architecture)
        do {
            let network = try BaseNetwork(
                parameters: parameters(architecture), bandGrid: bandGrid(architecture),
                latentGrid: LatentGrid(parsing: text(NetworkTensors.Key.latentGrid)),
                inner: InnerSettings(
                    stepCount: number(NetworkTensors.Key.innerStepCount, Int.init),
                    rates: floats(
                        NetworkTensors.Name.innerRates, shape: [architecture.latentCount])),
                latentPrior: prior(architecture))
            try checkGoldenDecodes(of: network)
            return network
        } catch let error as NeuralFieldError {
            throw source.refusal(error.description)
        } catch let error as MetaLearningError {
            throw source.refusal(error.description)
        } catch ArchiveError.badArgument(let reason) {
            throw source.refusal(reason)
        }
    }

    // MARK: - Sizes

    private func architecture() throws -> FieldArchitecture {
        let layerCount = (0..<65).prefix { file.tensors["hidden.\($0).weight"] != nil }.count
        guard layerCount > 0 else { throw source.refusal("it has no tensor hidden.0.weight") }
        do {
            return try FieldArchitecture(
                hiddenLayerCount: layerCount, hiddenWidth: extent(0, of: "hidden.0.weight"),
                latentCount: extent(1, of: "modulation.weight"),
                outputCount: extent(0, of: "output.weight"),
                omega: number(NetworkTensors.Key.omega, Float.init))
        } catch let error as NeuralFieldError {
            throw source.refusal(error.description)
        }
    }

    private func extent(_ axis: Int, of name: String) throws -> Int {
        let shape = try tensor(name).shape
        guard shape.count == 2 else {
            throw source.refusal("tensor \(name) has the shape \(shape), not two extents")
        }
        return shape[axis]
    }

    private func requireKnownNames(_ architecture: FieldArchitecture) throws {
        typealias Name = NetworkTensors.Name
        var known = Set(NetworkTensors.parts(of: architecture).map(\.name)).union([
            Name.innerRates, Name.wavelengths, Name.goldenLatents, Name.goldenCoordinates,
            Name.goldenSamples,
        ])
        let form = try latentForm()
        if form > 1 { known.formUnion([Name.latentSteps, Name.latentMagnitudes]) }
        if form > 2 { known.insert(Name.latentMeans) }
        if let foreign = Set(file.tensors.keys).subtracting(known).min() {
            throw source.refusal("tensor \(foreign) is not one of a base network's")
        }
    }

    // MARK: - Values

    private func parameters(_ architecture: FieldArchitecture) throws -> FieldParameters {
        var values: [Float] = []
        values.reserveCapacity(architecture.parameterCount)
        for part in NetworkTensors.parts(of: architecture) {
            values += try floats(part.name, shape: part.shape)
        }
        return try FieldParameters(architecture: architecture, values: values)
    }

    private func prior(_ architecture: FieldArchitecture) throws -> LatentPrior? {
        typealias Name = NetworkTensors.Name
        let form = try latentForm()
        guard form > 1 else { return nil }
        let shape = [architecture.latentCount]
        let magnitudes16 = try floats(Name.latentMagnitudes, shape: shape).map { magnitude in
            guard let rounded = UInt16(exactly: (16 * magnitude).rounded()) else {
                throw source.refusal("\(magnitude) is not a latent's mean magnitude")
            }
            return rounded
        }
        return try LatentPrior(
            means: form > 2 ? floats(Name.latentMeans, shape: shape) : nil,
            steps: floats(Name.latentSteps, shape: shape), magnitudes16: magnitudes16)
    }

    private func latentForm() throws -> Int {
        guard let form = Int(try text(NetworkTensors.Key.latentForm)),
            BaseNetwork.latentForms.contains(form)
        else { throw source.refusal("its form of latents is not known; update the program") }
        return form
    }

    private func bandGrid(_ architecture: FieldArchitecture) throws -> BandGrid {
        let merge = try number(NetworkTensors.Key.mergeNanometers, Double.init)
        let wavelengths = try doubles(
            NetworkTensors.Name.wavelengths, shape: [architecture.outputCount])
        guard merge.isFinite, merge >= 0 else {
            throw source.refusal("its merge_nanometers is \(merge)")
        }
        if let wrong = wavelengths.first(where: { !$0.isFinite || $0 < 0 }) {
            throw source.refusal("\(wrong) is not a wavelength")
        }
        return BandGrid(
            wavelengthNanometers: wavelengths.map { $0 == 0 ? nil : $0 }, mergeNanometers: merge)
    }

    private func tensor(_ name: String) throws -> TensorFile.Tensor {
        guard let tensor = file.tensors[name] else {
            throw source.refusal("it has no tensor \(name)")
        }
        return tensor
    }

    private func bytes(
        _ name: String, _ type: TensorFile.ValueType, shape: [Int]
    ) throws -> ArraySlice<UInt8> {
        let tensor = try tensor(name)
        guard tensor.type == type else {
            throw source.refusal(
                "tensor \(name) has the type \(tensor.type.rawValue), not \(type.rawValue)")
        }
        guard tensor.shape == shape else {
            throw source.refusal("tensor \(name) has the shape \(tensor.shape), not \(shape)")
        }
        return tensor.bytes
    }

    private func floats(_ name: String, shape: [Int]) throws -> [Float] {
        let values = try bytes(name, .float32, shape: shape).withUnsafeBytes { buffer in
            (0..<buffer.count / 4).map { index in
                Float(
                    bitPattern: UInt32(
                        littleEndian: buffer.loadUnaligned(
                            fromByteOffset: index * 4, as: UInt32.self)))
            }
        }
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw source.refusal("value \(index) of tensor \(name) is \(values[index])")
        }
        return values
    }

    private func doubles(_ name: String, shape: [Int]) throws -> [Double] {
        try bytes(name, .float64, shape: shape).withUnsafeBytes { buffer in
            (0..<buffer.count / 8).map { index in
                Double(
                    bitPattern: UInt64(
                        littleEndian: buffer.loadUnaligned(
                            fromByteOffset: index * 8, as: UInt64.self)))
            }
        }
    }

    private func text(_ key: String) throws -> String {
        guard let text = file.metadata[key] else {
            throw source.refusal("its __metadata__ has no '\(key)'")
        }
        return text
    }

    private func number<Number>(_ key: String, _ parse: (String) -> Number?) throws -> Number {
        let text = try text(key)
        guard let number = parse(text) else {
            throw source.refusal("its '\(key)' is '\(text)', which is no such number")
        }
        return number
    }

    // MARK: - Proof

    private func checkGoldenDecodes(of network: BaseNetwork) throws {
        typealias Name = NetworkTensors.Name
        let architecture = network.architecture
        let decodeCount = try extent(0, of: Name.goldenLatents)
        let pixelCount = try extent(0, of: Name.goldenCoordinates)
        let (product, overflow) = decodeCount.multipliedReportingOverflow(by: pixelCount)
        guard !overflow, (1...Self.maximumGoldenPixelCount).contains(product) else {
            throw source.refusal("it has \(decodeCount) golden latents at \(pixelCount) pixels")
        }
        let latentCount = architecture.latentCount
        let latents = try floats(Name.goldenLatents, shape: [decodeCount, latentCount])
        let coordinates = try floats(Name.goldenCoordinates, shape: [pixelCount, 2])
        guard coordinates.allSatisfy({ abs($0) <= 1 }) else {
            throw source.refusal("a golden coordinate is outside -1...1")
        }
        let samples = try floats(
            Name.goldenSamples, shape: [decodeCount, pixelCount, architecture.outputCount])
        let decoder = try FieldDecoder(network.parameters)
        for index in 0..<decodeCount {
            let found = NetworkTensors.pixelMajor(
                try decoder.decode(
                    latent: Array(latents[index * latentCount..<(index + 1) * latentCount]),
                    coordinates: coordinates), pixelCount)
            let expected = samples[index * found.count..<(index + 1) * found.count]
            try compare(found, expected, index)
        }
    }

    private func compare(
        _ found: [Float], _ expected: ArraySlice<Float>, _ index: Int
    ) throws {
        for (value, wanted) in zip(found, expected) {
            // Written so that an overflowing difference fails too.
            guard abs(value - wanted) <= Self.goldenTolerance * max(1, abs(wanted)) else {
                throw source.refusal(
                    "golden latent \(index) decodes to \(value) where the file says \(wanted); "
                        + "is omega right, and is every matrix one row per unit?")
            }
        }
    }

    /// Files of our own state the digest of the network they were made of.
    private func checkDigest(of network: BaseNetwork) throws {
        guard let stated = file.metadata[NetworkTensors.Key.sha256] else { return }
        let found = SHA256Hasher.digest(of: try network.serialized()).hexadecimal
        guard found == stated else {
            throw source.refusal(
                "its network has SHA-256 \(found.prefix(12)), and it says \(stated.prefix(12))")
        }
    }
}
