import NeuralField

/// How many numbers a grid of cells costs with one sine network for all of it or one for each row:
/// the parameters, which the cells share, and the latents, which they do not. Its keys are part of
/// the JSON interface.
public struct FieldCount: Sendable, Equatable, Codable {
    /// Sine networks: 1, or one for each row of cells.
    public let networkCount: Int
    /// Cells, each with a latent.
    public let cellCount: Int
    /// W_1 ... W_K and b_1 ... b_K of all networks.
    public let hiddenParameterCount: Int
    /// W_(K+1) of all networks.
    public let outputWeightCount: Int
    /// b_(K+1) of all networks.
    public let outputBiasCount: Int
    /// W_M and b_M of all networks.
    public let modulationParameterCount: Int
    /// Values of all latents.
    public let latentValueCount: Int

    /// Counts.
    ///
    /// - Parameters:
    ///   - rows: rows of cells, at least 1.
    ///   - columns: columns of cells, at least 1.
    ///   - hasNetworkPerRow: whether each row of cells has a network of its own.
    /// - Throws: ``NeuralFieldError/impossibleArchitecture(reason:)``.
    public init(
        hiddenLayerCount: Int, hiddenWidth: Int, latentCount: Int, outputCount: Int, rows: Int = 1,
        columns: Int = 1, hasNetworkPerRow: Bool = false
    ) throws(NeuralFieldError) {
        let network = try FieldArchitecture(
            hiddenLayerCount: hiddenLayerCount, hiddenWidth: hiddenWidth, latentCount: latentCount,
            outputCount: outputCount, omega: 1)
        networkCount = hasNetworkPerRow ? rows : 1
        cellCount = rows * columns
        let outputParameterCount = outputCount * (hiddenWidth + 1)
        hiddenParameterCount = networkCount * (network.sineParameterCount - outputParameterCount)
        outputWeightCount = networkCount * network.outputCount * hiddenWidth
        outputBiasCount = networkCount * network.outputCount
        modulationParameterCount = networkCount * network.modulationParameterCount
        latentValueCount = cellCount * latentCount
    }

    /// Everything but the output biases: what the paper counts in its section 5.
    public var countWithoutOutputBiases: Int {
        hiddenParameterCount + outputWeightCount + modulationParameterCount + latentValueCount
    }

    /// Everything.
    public var count: Int { countWithoutOutputBiases + outputBiasCount }

    /// Everything as 4-byte floats.
    public var float32ByteCount: Int { count * 4 }
}
