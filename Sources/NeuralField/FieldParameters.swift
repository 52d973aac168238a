import Basics

/// All parameters that images share (Theta+), as one flat array.
///
/// Invariant: as many values as the architecture says, all finite.
public struct FieldParameters: Hashable, Sendable {
    /// The network's sizes.
    public let architecture: FieldArchitecture
    /// The parameters in the order of ``FieldLayout``.
    public let values: [Float]

    /// Checks parameters that come from a file or from training.
    ///
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)``.
    public init(architecture: FieldArchitecture, values: [Float]) throws(NeuralFieldError) {
        guard values.count == architecture.parameterCount else {
            throw .impossibleParameters(
                reason: "\(values.count) values where \(architecture.parameterCount) belong")
        }
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw .impossibleParameters(reason: "value \(index) is \(values[index])")
        }
        self.architecture = architecture
        self.values = values
    }

    /// Random parameters as SIREN wants them (Sitzmann et al., 2020): the first layer uniform in
    /// +-1/2 (one over its inputs), the others in +-sqrt(6/d)/w0, biases in +-1/sqrt(inputs). W_M
    /// is uniform in +-1/sqrt(latent) and b_M starts at 0.
    public init(seeding architecture: FieldArchitecture, seed: UInt64) {
        let layout = FieldLayout(architecture)
        var generator = SeededGenerator(seed: seed)
        var values = [Float](repeating: 0, count: architecture.parameterCount)
        func fill(_ range: Range<Int>, within bound: Float) {
            for index in range { values[index] = generator.uniform(in: -bound, bound) }
        }
        let hiddenBound = (6 / Float(architecture.hiddenWidth)).squareRoot() / architecture.omega
        for layer in 0..<architecture.hiddenLayerCount {
            let inputCount = Float(layout.inputCount(ofHiddenLayer: layer))
            let bound = layer == 0 ? 1 / inputCount : hiddenBound
            fill(layout.weights(ofHiddenLayer: layer), within: bound)
            fill(layout.biases(ofHiddenLayer: layer), within: 1 / inputCount.squareRoot())
        }
        fill(layout.outputWeights, within: hiddenBound)
        fill(layout.modulationWeights, within: 1 / Float(architecture.latentCount).squareRoot())
        self.architecture = architecture
        self.values = values
    }

    /// Where each matrix lies in ``values``.
    public var layout: FieldLayout { FieldLayout(architecture) }
}
