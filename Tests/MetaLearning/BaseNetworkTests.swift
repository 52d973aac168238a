import Basics
import MetaLearning
import NeuralField
import Testing

@Suite struct BaseNetworkTests {
    private func network(grid: LatentGrid = .tiles(lines: 9, samples: 4)) throws -> BaseNetwork {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 2, hiddenWidth: 5, latentCount: 3, outputCount: 4, omega: 15)
        return try BaseNetwork(
            parameters: FieldParameters(seeding: architecture, seed: 4),
            bandGrid: BandGrid(
                wavelengthNanometers: [400.25, nil, 500, 600], mergeNanometers: 1.5),
            latentGrid: grid, inner: InnerSettings(stepCount: 3, rates: [1, 0.5, 0]))
    }

    @Test(arguments: [
        LatentGrid.scene, .cells(rows: 7, columns: 2), .tiles(lines: 10, samples: 12),
    ])
    func `a network comes back from its bytes, which are always the same`(
        grid: LatentGrid
    ) throws {
        let network = try network(grid: grid)
        let bytes = network.serialized()
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
            (92, 0), (92, 101), (96, 0xBF80_0000), (96, 0x7F80_0000), (108, 0x7FC0_0000),
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

    @Test func `random bytes never trap`() {
        var generator = SeededGenerator(seed: 9)
        for count in 0..<300 {
            let noise = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            #expect(throws: (any Error).self) { try BaseNetwork(bytes: noise) }
        }
    }
}
