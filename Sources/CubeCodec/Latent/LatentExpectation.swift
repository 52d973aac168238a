import MetaLearning

/// How large a latent's residuals are expected to be: from what the stream or the base network says
/// beforehand, and from residuals so far.
///
/// All numbers are in sixteenths; integer arithmetic only. Nothing overflows: magnitudes are below
/// 2^30, sums are halved before 2^35, and a scaled expectation is at most 2^28.
struct LatentExpectation {
    /// Weight of what was said beforehand among the residuals of one latent value.
    private static let priorWeight = 4
    private static let sumLimit = 1 << 33
    private static let magnitudeLimit = 1 << 28

    /// [latent] mean magnitudes as the base network says them; empty where the stream says its own.
    private let magnitudes: [Int]
    /// [latent] sums of magnitudes, and their counts.
    private var sums: [Int]
    private var counts: [Int]
    /// Magnitudes met, and those that were said, over all values so far: the stream's own size
    /// relative to the base network's. Both start alike.
    private var metSum: Int
    private var saidSum: Int

    /// One mean for all values of this very stream.
    init(mean16: Int, latentCount: Int) {
        magnitudes = []
        sums = [Int](repeating: Self.priorWeight * mean16, count: latentCount)
        counts = [Int](repeating: Self.priorWeight, count: latentCount)
        (metSum, saidSum) = (1, 1)
    }

    /// The base network's expectation, at its steps times 2^(exponent/2).
    init(_ prior: LatentPrior, exponent: Int) {
        magnitudes = prior.magnitudes16.map { Self.scaled(Int($0), exponent: exponent) }
        sums = [Int](repeating: 0, count: magnitudes.count)
        counts = sums
        metSum = magnitudes.reduce(0, +) / 8 + 1
        saidSum = metSum
    }

    /// A magnitude at steps that are 2^(exponent/2) times as long: at least 1.
    private static func scaled(_ magnitude16: Int, exponent: Int) -> Int {
        // 46341 / 65536 is 1 / sqrt(2).
        let rooted = exponent & 1 == 1 ? magnitude16 * 46341 >> 16 : magnitude16
        let half = exponent >> 1
        let shifted = half >= 0 ? rooted >> min(half, 62) : rooted << min(-half, 28)
        return min(max(shifted, 1), magnitudeLimit)
    }

    /// The expected magnitude of a residual of one latent value, in sixteenths.
    func magnitude16(ofValue index: Int) -> Int {
        guard !magnitudes.isEmpty else { return sums[index] / counts[index] }
        let said = min(magnitudes[index] * metSum / saidSum, Self.magnitudeLimit)
        return (Self.priorWeight * said + sums[index]) / (Self.priorWeight + counts[index])
    }

    /// Learns the magnitude of a residual.
    mutating func learn(_ magnitude: Int, ofValue index: Int) {
        sums[index] += 16 * magnitude
        counts[index] += 1
        if counts[index] == 128 {
            sums[index] /= 2
            counts[index] /= 2
        }
        guard !magnitudes.isEmpty else { return }
        metSum += 16 * magnitude
        saidSum += magnitudes[index]
        if max(metSum, saidSum) >= Self.sumLimit {
            metSum = metSum / 2 + 1
            saidSum = saidSum / 2 + 1
        }
    }
}
