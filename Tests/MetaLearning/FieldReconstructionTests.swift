import Basics
import Cube
import MetaLearning
import NeuralField
import Testing

@Suite struct FieldReconstructionTests {
    /// A cube with live, constant, absent and unmatched bands, over several cells.
    private func reconstruction(
        threadCount: Int = 2, deblockingLevel: Int = 0
    ) throws -> FieldReconstruction {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 2, hiddenWidth: 9, latentCount: 2, outputCount: 4, omega: 15)
        let network = try BaseNetwork(
            parameters: FieldParameters(seeding: architecture, seed: 8),
            bandGrid: BandGrid(
                wavelengthNanometers: [nil, nil, nil, nil], mergeNanometers: 1),
            latentGrid: .tiles(lines: 7, samples: 5),
            inner: InnerSettings(stepCount: 1, rates: [1, 1]))
        let description = CubeDescription(
            geometry: try CubeGeometry(lines: 20, samples: 13, bands: 5), sampleType: .int16,
            nodataValue: -7)
        let scaling = try #require(ValueScaling(offset: 100, gain: 3000))
        let latent = SceneLatent(
            rows: 3, columns: 3, latentCount: 2, values: (0..<18).map { Float($0) * 0.05 },
            scaling: scaling, bandStates: [.live, .constant(42), .live, .absent, .live],
            deblocking: Deblocking(level: deblockingLevel))
        return try FieldReconstruction(
            network: network, latent: latent, description: description,
            threadCount: threadCount)
    }

    @Test(arguments: [0, 1, 3, 4, 12])
    func `any window and band subset has the samples of the whole`(level: Int) throws {
        let reconstruction = try reconstruction(deblockingLevel: level)
        let whole = try MemoryCube(reading: reconstruction)
        for (lines, samples) in [
            (0..<1, 0..<1), (6..<15, 4..<11), (19..<20, 0..<13), (7..<8, 5..<6), (10..<12, 2..<3),
        ] {
            let window = CubeWindow(lines: lines, samples: samples)
            let bands = [2, 4, 0, 1]
            #expect(
                try reconstruction.read(window, bandIndices: bands)
                    == whole.read(window, bandIndices: bands))
        }
    }

    @Test func `threads do not change a sample`() throws {
        for level in [0, 3] {
            let one = try MemoryCube(
                reading: reconstruction(threadCount: 1, deblockingLevel: level))
            let many = try MemoryCube(
                reading: reconstruction(threadCount: 5, deblockingLevel: level))
            #expect(one == many)
        }
    }

    /// Pixels on each side that move, and how strongly, by level.
    @Test(arguments: [(1, 1, Float(0.5)), (2, 1, 1), (3, 2, 1), (4, 4, 1), (6, 16, 1)])
    func `seams are smoothed as FORMAT.md says`(
        level: Int, reach: Int, strength: Float
    ) throws {
        let window = CubeWindow(lines: 0..<20, samples: 0..<13)
        let plain = try reconstruction().decodeValues(window, bandIndices: [0])
        /// Moves pixels of one axis, whose cells have `size` pixels and whose pixels are `stride`
        /// apart in memory.
        func smoothed(
            _ plain: [Float], _ count: Int, _ size: Int, stride: Int, line: Int
        ) -> [Float] {
            var moved = plain
            for seam in Swift.stride(from: size, to: count, by: size) {
                let jump = plain[line + seam * stride] - plain[line + (seam - 1) * stride]
                for distance in 0..<reach {
                    let weight = Float(reach - distance) / Float(2 * reach + 1) * strength
                    if distance < size {
                        moved[line + (seam - 1 - distance) * stride] += weight * jump
                    }
                    if distance < min(size, count - seam) {
                        moved[line + (seam + distance) * stride] -= weight * jump
                    }
                }
            }
            return moved
        }
        var expected = plain
        for line in 0..<20 { expected = smoothed(expected, 13, 5, stride: 1, line: line * 13) }
        for sample in 0..<13 { expected = smoothed(expected, 20, 7, stride: 13, line: sample) }
        let found = try reconstruction(deblockingLevel: level).decodeValues(
            window, bandIndices: [0])
        #expect(found == expected)
        #expect(found != plain)
    }

    @Test func `a jump becomes a ramp of equal steps, and only so far as cells reach`() {
        for level in Deblocking.levels.dropFirst() {
            let deblocking = Deblocking(level: level)
            #expect(deblocking?.reach == 1 << (level - 2))
        }
        #expect(Deblocking(level: 0) == nil && Deblocking(level: 13) == nil)
        #expect(Deblocking.candidates(forCellsOf: 8, by: 8).map(\.reach) == [1, 1, 2, 4])
        #expect(Deblocking.candidates(forCellsOf: 1, by: 1).map(\.reach) == [1, 1])
        #expect(Deblocking.candidates(forCellsOf: 5000, by: 9).last?.reach == 1024)
    }

    @Test func `constant bands have their value and others nodata`() throws {
        let block = try reconstruction().read(lines: 0..<20)
        #expect(Set(block.plane(ofBandAt: 1)) == [42])
        #expect(Set(block.plane(ofBandAt: 3)) == [-7])
        // Band 4 matches no output of the network.
        #expect(Set(block.plane(ofBandAt: 4)) == [-7])
        #expect(Set(block.plane(ofBandAt: 0)).count > 10)
    }

    @Test func `requests outside the cube are refused`() throws {
        let reconstruction = try reconstruction()
        let outside = CubeWindow(lines: 0..<21, samples: 0..<1)
        #expect(throws: CubeError.self) {
            try reconstruction.read(outside, bandIndices: [0])
        }
        #expect(throws: CubeError.self) {
            try reconstruction.read(
                CubeWindow(lines: 0..<1, samples: 0..<1), bandIndices: [5])
        }
    }

    @Test func `a latent that does not fit its network or cube is refused`() throws {
        let network = try SyntheticField.network(iterations: 1)
        let cube = try SyntheticField.cube()
        let latent = try FieldEncoder(network: network).encode(SyntheticField.pixels(cube))
        func open(_ latent: SceneLatent) throws -> FieldReconstruction {
            try FieldReconstruction(
                network: network, latent: latent, description: cube.description)
        }
        #expect(throws: Never.self) { try open(latent) }
        let bandless = SceneLatent(
            rows: 1, columns: 1, latentCount: latent.latentCount, values: latent.values,
            scaling: latent.scaling, bandStates: [.live])
        #expect(throws: MetaLearningError.self) { try open(bandless) }
        let tiled = SceneLatent(
            rows: 2, columns: 1, latentCount: latent.latentCount,
            values: latent.values + latent.values, scaling: latent.scaling,
            bandStates: latent.bandStates)
        #expect(throws: MetaLearningError.self) { try open(tiled) }
        var wild = latent
        wild.values[0] = 1e30
        let wildReconstruction = try open(wild)
        #expect(throws: NeuralFieldError.self) { try wildReconstruction.read(lines: 0..<1) }
    }
}
