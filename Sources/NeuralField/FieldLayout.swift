/// Where each matrix lies in the flat array of a network's parameters.
///
/// The order, which is also the order in a file: W_1, b_1, ..., W_K, b_K, W_(K+1), b_(K+1), W_M,
/// b_M. Every matrix is row-major, one row per unit that it computes.
public struct FieldLayout: Hashable, Sendable {
    /// The sizes that the layout follows from.
    public let architecture: FieldArchitecture

    /// The layout of one architecture.
    public init(_ architecture: FieldArchitecture) { self.architecture = architecture }

    /// Number of inputs of hidden layer `layer` (0-based): 2 for the first, else d.
    public func inputCount(ofHiddenLayer layer: Int) -> Int {
        layer == 0 ? 2 : architecture.hiddenWidth
    }

    /// W of hidden layer `layer` (0-based), [d][inputs].
    public func weights(ofHiddenLayer layer: Int) -> Range<Int> {
        let start = hiddenLayerStart(layer)
        return start..<start + architecture.hiddenWidth * inputCount(ofHiddenLayer: layer)
    }

    /// b of hidden layer `layer` (0-based), [d].
    public func biases(ofHiddenLayer layer: Int) -> Range<Int> {
        let start = weights(ofHiddenLayer: layer).upperBound
        return start..<start + architecture.hiddenWidth
    }

    /// W_(K+1), [C][d].
    public var outputWeights: Range<Int> {
        let start = hiddenLayerStart(architecture.hiddenLayerCount)
        return start..<start + architecture.outputCount * architecture.hiddenWidth
    }

    /// b_(K+1), [C].
    public var outputBiases: Range<Int> {
        let start = outputWeights.upperBound
        return start..<start + architecture.outputCount
    }

    /// W_M, [K x d][latent].
    public var modulationWeights: Range<Int> {
        let start = outputBiases.upperBound
        return start..<start + architecture.shiftCount * architecture.latentCount
    }

    /// b_M, [K x d].
    public var modulationBiases: Range<Int> {
        let start = modulationWeights.upperBound
        return start..<start + architecture.shiftCount
    }

    /// Every matrix and vector in the order in which they lie.
    public var tensors: [Range<Int>] {
        let hidden = (0..<architecture.hiddenLayerCount).flatMap {
            [weights(ofHiddenLayer: $0), biases(ofHiddenLayer: $0)]
        }
        return hidden + [outputWeights, outputBiases, modulationWeights, modulationBiases]
    }

    private func hiddenLayerStart(_ layer: Int) -> Int {
        let width = architecture.hiddenWidth
        return layer == 0 ? 0 : width * 3 + (layer - 1) * width * (width + 1)
    }
}
