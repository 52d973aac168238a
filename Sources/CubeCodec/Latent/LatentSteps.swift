import MetaLearning

/// How far apart neighbouring values of a rounded latent lie.
public enum LatentSteps: Hashable, Sendable {
    /// The same for all values.
    case common(Float)
    /// As the base network's prior says, coarser or finer by half powers of two, and from its
    /// means on.
    case prior(LatentPrior, exponent: Int)

    /// By how many half powers of two the steps that a priced latent is rounded to are worth
    /// making coarser than those that its price followed from. Where most values are within half a
    /// step of their mean, coarse steps and cheap bits are often better than what theory, which
    /// holds for fine steps, says; which of these is best differs from network to network.
    private static let pricedCoarsenings = [0, 1, 3, 6]

    /// The steps worth trying for a latent that was searched for with the price of its bits at
    /// steps so many half powers of two coarser than the prior's, finest first.
    public static func priced(_ prior: LatentPrior, exponent: Int) -> [LatentSteps] {
        pricedCoarsenings.map { .prior(prior, exponent: exponent + $0) }
    }

    /// The step of each value, [latent].
    ///
    /// - Throws: ``CubeCodecError/latentOutOfRange(step:)`` where they are not positive and finite,
    ///   or the exponent is out of range.
    func values(count: Int) throws(CubeCodecError) -> [Float] {
        switch self {
        case .common(let step):
            guard step.isFinite, step > 0 else { throw .latentOutOfRange(step: step) }
            return [Float](repeating: step, count: count)
        case .prior(let prior, let exponent):
            guard prior.steps.count == count, abs(exponent) <= LatentPrior.maximumExponent,
                let steps = prior.steps(exponent: exponent)
            else { throw .latentOutOfRange(step: Float(exponent)) }
            return steps
        }
    }

    /// The value of index 0, [latent].
    func origins(count: Int) -> [Float] {
        switch self {
        case .common: [Float](repeating: 0, count: count)
        case .prior(let prior, _): prior.means
        }
    }
}
