import Basics
import NeuralField
import TestSupport
import Testing

@Suite(.enabled(if: ForeignProcessor.isHere, ForeignProcessor.absence))
struct ForeignProcessorTests {
    @Test func `64-bit Arm decodes the same bits as every path of this processor`() throws {
        let arm = try ForeignProcessor.field()
        let fixtures = [
            try FieldFixture(layers: 10, width: 128, latentCount: 32, outputs: 224),
            try FieldFixture(layers: 5, width: 10, latentCount: 32, outputs: 270),
            try FieldFixture(layers: 1, width: 3, latentCount: 1, outputs: 2, pixels: 137),
        ]
        for fixture in fixtures {
            let found = try arm.decode(fixture)
            try #require(
                found.count == fixture.targets.count * fixture.parameters.architecture.outputCount)
            for path in KernelPath.allCases.filter(\.isAvailable) {
                let expected = try FieldDecoder(fixture.parameters, path: path)
                    .decode(latent: fixture.latent, coordinates: fixture.coordinates)
                #expect(found == expected.map(\.bitPattern), "\(path)")
            }
        }
        // The hash that FieldDecoderTests pins for x86-64.
        var writer = ByteWriter()
        for bits in try arm.decode(fixtures[0]) { writer.write(bits) }
        #expect(
            SHA256Hasher.digest(of: writer.bytes).hexadecimal
                == "242ace2f5ede5b0d463d6fb31407c74a06b8c77f7f4bb8c0e2ee276e5b433a4b")
    }

    @Test func `64-bit Arm's sine has the same bits over its whole range`() throws {
        let fixture = try FieldFixture(layers: 1, width: 1, latentCount: 1, outputs: 2, pixels: 1)
        let arguments = SineTests.arguments.dropLast(SineTests.arguments.count % 16)
        try #require(arguments.count > 400_000)
        let found = try ForeignProcessor.field().decode(fixture, sineArguments: Array(arguments))
        let expected = KernelPath.best.sines(of: Array(arguments))
        #expect(found.suffix(expected.count) == expected.map(\.bitPattern)[...])
    }
}
