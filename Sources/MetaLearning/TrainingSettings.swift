/// Every knob of meta-training.
public struct TrainingSettings: Hashable, Sendable, Codable {
    /// K, hidden layers.
    public var hiddenLayerCount = 10
    /// d, width of a hidden layer.
    public var hiddenWidth = 128
    /// Values of a latent.
    public var latentCount = 32
    /// w0, the factor inside every sine.
    public var omega: Float = 15
    /// How a cube is cut into cells with a latent each.
    public var latentGrid = LatentGrid.scene
    /// Wavelengths nearer than this share an output of the network.
    public var mergeNanometers = 1.0

    /// Steps of the inner loop, 1...100.
    public var innerStepCount = 3
    /// Step size of the inner loop, on a loss averaged over pixels and bands.
    public var innerRate: Float = 0.3
    /// Random pixels of each outer step.
    public var outerPixelCount = 1024
    /// Whether cells are shown mirrored and turned at random, which is for small cells: what is
    /// learned of them then holds in all directions.
    public var turnsCells = false
    /// Cells (whole scenes, where the grid is one cell) per outer step; more where cells have fewer
    /// pixels than ``outerPixelCount``.
    public var batchCount = 4
    /// Peak step size of the outer loop.
    public var outerRate: Float = 5e-4
    /// Iterations in which the outer rate rises from 0 to its peak.
    public var warmUpIterationCount = 100

    /// Seed of the initial parameters and of all sampling.
    public var seed: UInt64 = 1
    /// Stop after this many iterations; nil where only time limits.
    public var iterationLimit: Int?
    /// Stop after this much training, resumed runs included; nil where only iterations limit.
    public var timeLimitSeconds: Double?
    /// How often a checkpoint is written.
    public var checkpointIntervalSeconds = 30.0
    /// Threads to use; the result does not depend on it.
    public var threadCount = 2

    /// The default settings: the paper's network, ten minutes.
    public init() { timeLimitSeconds = 600 }

    /// Makes these the settings of a small network for small tiles, which learns from many of them
    /// at once.
    public mutating func learn(tilesOf lines: Int, by samples: Int) {
        latentGrid = .tiles(lines: lines, samples: samples)
        innerRate = 1
        turnsCells = true
        outerRate = 2e-3
        outerPixelCount = min(256, lines * samples)
        batchCount = min(Self.largestBatchCount, max(4, 2048 / outerPixelCount))
    }
}
