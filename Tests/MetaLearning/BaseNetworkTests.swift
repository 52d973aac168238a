import Basics
import MetaLearning
import NeuralField
import Testing

@Suite struct BaseNetworkTests {
    private func network(
        grid: LatentGrid = .tiles(lines: 9, samples: 4), prior: LatentPrior? = nil
    ) throws -> BaseNetwork {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 2, hiddenWidth: 5, latentCount: 3, outputCount: 4, omega: 15)
        return try BaseNetwork(
            parameters: FieldParameters(seeding: architecture, seed: 4),
            bandGrid: BandGrid(
                wavelengthNanometers: [400.25, nil, 500, 600], mergeNanometers: 1.5),
            latentGrid: grid, inner: InnerSettings(stepCount: 3, rates: [1, 0.5, 0]),
            latentPrior: prior)
    }

    @Test func `a network's prior comes back with it, and a wrong one is refused`() throws {
        let prior = try LatentPrior(steps: [0.5, 1e-9, 3e7], magnitudes16: [1, 16, 65535])
        let bytes = try network(prior: prior).serialized()
        #expect(try BaseNetwork(bytes: bytes).latentPrior == prior)
        #expect(try BaseNetwork(bytes: bytes).serialized() == bytes)
        for count in stride(from: 100, to: bytes.count, by: 3) {
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: Array(bytes[..<count])) }
        }
        #expect(throws: NeuralFieldError.self) {
            try network(prior: LatentPrior(steps: [1], magnitudes16: [1]))
        }
        for step in [0, -1, .nan, .infinity, .leastNonzeroMagnitude] as [Float] {
            #expect(throws: NeuralFieldError.self) {
                try LatentPrior(steps: [step], magnitudes16: [1])
            }
        }
        #expect(throws: NeuralFieldError.self) { try LatentPrior(steps: [1], magnitudes16: [0]) }
        #expect(throws: NeuralFieldError.self) { try LatentPrior(steps: [], magnitudes16: []) }
    }

    @Test func `a prior's means stand before its steps, and only where there are any`() throws {
        let plain = try network(prior: LatentPrior(steps: [1, 2, 4], magnitudes16: [1, 2, 3]))
        let centred = try network(
            prior: LatentPrior(
                means: [-1, 0, 0.5], steps: [1, 2, 4], magnitudes16: [1, 2, 3]))
        #expect([try network(), plain, centred].map(\.latentForm) == [1, 2, 3])
        let bytes = try centred.serialized()
        // Offsets follow docs/FORMAT.md.
        let form = 108
        #expect(bytes[form..<form + 4].elementsEqual([3, 0, 0, 0]))
        #expect(
            bytes[form + 4..<form + 16].elementsEqual(
                [0, 0, 0x80, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0x3F]))
        #expect(
            bytes[(form + 16)..<(form + 34)].elementsEqual(
                try plain.serialized()[(form + 4)..<(form + 22)]))
        #expect(try BaseNetwork(bytes: bytes) == centred)
        for means in [[0, 0, 0], [.nan, 0, 1], [.infinity, 0, 1]] as [[Float]] {
            var writer = ByteWriter()
            writer.write(means)
            var hostile = Array(bytes.dropLast(SHA256Digest.byteCount))
            hostile.replaceSubrange(form + 4..<form + 16, with: writer.bytes)
            hostile += SHA256Hasher.digest(of: hostile).bytes
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: hostile) }
        }
        #expect(throws: NeuralFieldError.self) {
            try LatentPrior(means: [0, 1], steps: [1], magnitudes16: [1])
        }
    }

    @Test func `a network comes back with its companions, and with none of theirs`() throws {
        let prior = try LatentPrior(steps: [0.5, 1, 2], magnitudes16: [1, 2, 3])
        let companion = try network(grid: .tiles(lines: 3, samples: 5), prior: prior)
        let whole = try network(grid: .scene).with(companions: [companion])
        let bytes = try whole.serialized()
        #expect(try BaseNetwork(bytes: bytes) == whole)
        #expect(try BaseNetwork(bytes: bytes).levels.map(\.latentGrid).count == 2)
        #expect(whole.roundedForStorage().companions == [companion])
        for count in stride(from: 100, to: bytes.count, by: 7) {
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: Array(bytes[..<count])) }
        }
        #expect(throws: NeuralFieldError.self) {
            try network(grid: .cells(rows: 2, columns: 2)).with(companions: [whole])
        }
        #expect(throws: MetaLearningError.self) {
            try network(grid: .scene).with(companions: [network(grid: .scene)])
        }
    }

    @Test func `a latent for a companion that is not there is refused`() throws {
        var latent = SceneLatent(
            rows: 1, columns: 1, latentCount: 3, values: [0, 0, 0],
            scaling: try #require(ValueScaling(minimum: 0, maximum: 1)), bandStates: [.live])
        let network = try network(grid: .scene)
        #expect(try network.network(of: latent) == network)
        for level in [-1, 1, .max] {
            latent.level = level
            #expect(throws: MetaLearningError.self) { try network.network(of: latent) }
        }
    }

    @Test func `steps of a prior scale by half powers of two`() throws {
        let prior = try LatentPrior(steps: [0.5, 3], magnitudes16: [1, 16])
        #expect(prior.steps(exponent: 0) == prior.steps)
        #expect(prior.steps(exponent: -4) == [0.125, 0.75])
        #expect(prior.steps(exponent: 3) == [0x1.6a09e6p0, 6 * 0x1.6a09e6p0])
        #expect(prior.steps(exponent: 200) == [0x1p99, 3 * 0x1p100])
        let tiny = try LatentPrior(steps: [.leastNormalMagnitude], magnitudes16: [1])
        #expect(tiny.steps(exponent: -1) == nil)
    }

    @Test(arguments: [
        LatentGrid.scene, .cells(rows: 7, columns: 2), .tiles(lines: 10, samples: 12),
    ])
    func `a network comes back from its bytes, which are always the same`(
        grid: LatentGrid
    ) throws {
        let network = try network(grid: grid)
        let bytes = try network.serialized()
        #expect(try BaseNetwork(bytes: bytes) == network)
        #expect(try BaseNetwork(bytes: bytes).serialized() == bytes)
    }

    @Test func `any changed byte and any truncation is refused`() throws {
        let bytes = try network().serialized()
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x10
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: damaged) }
        }
        for count in bytes.indices {
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: Array(bytes[..<count])) }
        }
        #expect(throws: (any Error).self) { try BaseNetwork(bytes: bytes + [0]) }
    }

    @Test func `hostile contents with a right checksum are refused`() throws {
        let bytes = try network().serialized()
        // Offsets follow docs/FORMAT.md.
        let hostile: [(offset: Int, value: UInt32)] = [
            (20, 0), (20, 65), (24, .max), (28, .max), (32, .max), (36, 0x7FC0_0000), (40, 3),
            (44, 0), (48, .max), (56, 0xFFF0_0000), (64, 0x7FF8_0000), (72, 0xBFF0_0000),
            (92, 0), (92, 101), (96, 0xBF80_0000), (96, 0x7F80_0000), (108, 0), (108, 2),
            (108, 3), (108, 4), (112, 2), (116, 0x7FC0_0000),
        ]
        for (offset, value) in hostile {
            var contents = Array(bytes.dropLast(SHA256Digest.byteCount))
            var writer = ByteWriter()
            writer.write(value)
            contents.replaceSubrange(offset..<offset + 4, with: writer.bytes)
            contents += SHA256Hasher.digest(of: contents).bytes
            #expect(throws: (any Error).self, "offset \(offset)") {
                try BaseNetwork(bytes: contents)
            }
        }
    }

    @Test func `a golden latent that decodes to anything else is refused`() throws {
        let network = try network()
        let decodes = try GoldenDecode.standard(of: network.parameters)
        #expect(decodes.count == 4 && Set(decodes.map(\.sha256)).count == 4)
        let digest = try #require(decodes.last).sha256.bytes
        var contents = Array(try network.serialized().dropLast(SHA256Digest.byteCount))
        #expect(Array(contents.suffix(digest.count)) == digest, "golden decodes end the file")
        contents[contents.count - 1] ^= 1
        contents += SHA256Hasher.digest(of: contents).bytes
        #expect {
            try BaseNetwork(bytes: contents)
        } throws: { error in
            guard case MetaLearningError.goldenMismatch = error else { return false }
            return true
        }
    }

    @Test func `a network of version 1 is still read`() throws {
        let network = try network()
        var writer = ByteWriter()
        // Everything before the form of latents, as version 1 had it; then plain parameters.
        let head = try network.serialized()[20..<108]
        writer.write(magic: "CVBASE\u{1A}\n")
        writer.write(UInt32(1))
        writer.write(UInt64(head.count + network.parameters.values.count * 4))
        writer.write(bytes: head)
        writer.write(network.parameters.values)
        writer.write(bytes: SHA256Hasher.digest(of: writer.bytes).bytes)
        #expect(try BaseNetwork(bytes: writer.bytes) == network)
    }

    @Test func `rounded parameters take half the bytes and come back bit for bit`() throws {
        let network = try network()
        let rounded = network.roundedForStorage()
        #expect(rounded != network)
        #expect(rounded.roundedForStorage() == rounded)
        let bytes = try rounded.serialized()
        #expect(try BaseNetwork(bytes: bytes) == rounded)
        let parameterCount = network.parameters.values.count
        #expect(try network.serialized().count - bytes.count > parameterCount * 2 - 100)
        let layout = network.parameters.layout
        for range in layout.tensors {
            let before = network.parameters.values[range]
            let largest = before.map(abs).max() ?? 0
            for (old, new) in zip(before, rounded.parameters.values[range]) {
                #expect(abs(old - new) <= largest / 32767)
            }
        }
    }

    @Test func `random bytes never trap`() {
        var generator = SeededGenerator(seed: 9)
        for count in 0..<300 {
            let noise = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: noise) }
        }
    }
}
