import Basics
import Foundation
import NeuralField
import Testing

@Suite struct FieldDecoderTests {
    @Test func `decoding agrees with the naive network`() throws {
        for (layers, width) in [(1, 1), (3, 10), (4, 33), (10, 128)] {
            let fixture = try FieldFixture(layers: layers, width: width)
            let decoder = try FieldDecoder(fixture.parameters)
            let values = try decoder.decode(
                latent: fixture.latent, coordinates: fixture.coordinates)
            let reference = ReferenceField(fixture.parameters)
            let pixelCount = fixture.targets.count
            for pixel in 0..<pixelCount {
                let expected = reference.output(
                    at: fixture.coordinates[pixel * 2..<pixel * 2 + 2].map(Double.init),
                    latent: fixture.latent.map(Double.init))
                for (output, value) in expected.enumerated() {
                    #expect(abs(Double(values[output * pixelCount + pixel]) - value) < 2e-4)
                }
            }
        }
    }

    @Test(arguments: KernelPath.allCases.filter(\.isAvailable))
    func `every kernel path gives the same bits`(path: KernelPath) throws {
        for width in [3, 16, 100] {
            let fixture = try FieldFixture(width: width, outputs: 37, pixels: 137)
            let expected = try FieldDecoder(fixture.parameters, path: .portable)
                .decode(latent: fixture.latent, coordinates: fixture.coordinates)
            let found = try FieldDecoder(fixture.parameters, path: path)
                .decode(latent: fixture.latent, coordinates: fixture.coordinates)
            #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
        }
    }

    @Test func `threads and the other pixels of a call do not change a bit`() throws {
        let fixture = try FieldFixture(pixels: 2500)
        let decoder = try FieldDecoder(fixture.parameters)
        let expected = try decoder.decode(
            latent: fixture.latent, coordinates: fixture.coordinates)
        for threadCount in [2, 3, 7] {
            let found = try decoder.decode(
                latent: fixture.latent, coordinates: fixture.coordinates, threadCount: threadCount)
            #expect(found == expected)
        }
        for pixel in stride(from: 0, to: 2500, by: 311) {
            let alone = try decoder.decode(
                latent: fixture.latent,
                coordinates: Array(fixture.coordinates[pixel * 2..<pixel * 2 + 2]))
            #expect(alone == alone.indices.map { expected[$0 * 2500 + pixel] })
        }
    }

    @Test func `a subset of outputs has the bits of the whole`() throws {
        let fixture = try FieldFixture(outputs: 40)
        let decoder = try FieldDecoder(fixture.parameters)
        let whole = try decoder.decode(
            latent: fixture.latent, coordinates: fixture.coordinates)
        let pixelCount = fixture.targets.count
        let wanted = [39, 0, 17, 17]
        let some = try decoder.decode(
            latent: fixture.latent, coordinates: fixture.coordinates, outputIndices: wanted)
        let expected = wanted.flatMap { whole[$0 * pixelCount..<($0 + 1) * pixelCount] }
        #expect(some == expected)
    }

    @Test func `decoded samples of a seeded network have their golden hash`() throws {
        let fixture = try FieldFixture(layers: 10, width: 128, latentCount: 32, outputs: 224)
        let values = try FieldDecoder(fixture.parameters)
            .decode(latent: fixture.latent, coordinates: fixture.coordinates)
        var writer = ByteWriter()
        writer.write(values)
        let digest = SHA256Hasher.digest(of: writer.bytes).hexadecimal
        #expect(digest == "242ace2f5ede5b0d463d6fb31407c74a06b8c77f7f4bb8c0e2ee276e5b433a4b")
    }

    @Test func `a latent that would leave the range of the sine is refused`() throws {
        let fixture = try FieldFixture()
        let decoder = try FieldDecoder(fixture.parameters)
        for bad in [Float.nan, .infinity, 1e30, 5e4] {
            var latent = fixture.latent
            latent[2] = bad
            #expect(throws: NeuralFieldError.self) { try decoder.shifts(of: latent) }
        }
        #expect(throws: NeuralFieldError.self) { try decoder.shifts(of: [0]) }
        #expect(throws: Never.self) { try decoder.shifts(of: fixture.latent) }
    }

    @Test func `weights that could overflow an output are refused`() throws {
        let fixture = try FieldFixture()
        var values = fixture.parameters.values
        values[fixture.parameters.layout.outputWeights.lowerBound] = 3e38
        let parameters = try FieldParameters(
            architecture: fixture.parameters.architecture, values: values)
        #expect(throws: NeuralFieldError.self) { try FieldDecoder(parameters) }
    }
}
