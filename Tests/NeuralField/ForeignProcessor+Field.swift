import NeuralField
import TestSupport

/// The field's kernels on another processor.
extension ForeignProcessor {
    /// Compiles them.
    static func field() throws -> ForeignProcessor {
        try ForeignProcessor(module: "CNeuralField", driverName: "FieldDriver.c")
    }

    /// Decodes a latent.
    ///
    /// - Returns: [outputs][pixels] samples and then the sines, as bits.
    func decode(_ fixture: FieldFixture, sineArguments: [Float] = []) throws -> [UInt32] {
        let architecture = fixture.parameters.architecture
        let counts = [
            architecture.hiddenLayerCount, architecture.hiddenWidth, architecture.latentCount,
            architecture.outputCount, fixture.targets.count, sineArguments.count,
        ]
        let floats =
            [architecture.omega] + fixture.parameters.values + fixture.latent
            + fixture.coordinates + sineArguments
        let words = counts.map { UInt32($0) } + floats.map(\.bitPattern)
        return try output(of: words.withUnsafeBytes { Array($0) })
            .withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
    }
}
