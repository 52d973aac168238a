import Glibc
import MetaLearning

/// Chooses the steps of a latent: the coarsest whose decoded loss stays within a budget.
public struct LatentQuantizer: Sendable {
    /// What a search gave.
    public struct Choice: Sendable {
        /// The rounded latent.
        public let quantized: QuantizedLatent
        /// What rounding costs, measured: 10 log10 of the loss after rounding by the loss before.
        /// Negative where rounding happened to help; 0 where both losses are 0.
        public let lossDecibels: Double
        /// The loss after rounding; nil where all values are as the prior's means, or 0 without
        /// one, and nothing was measured.
        public let roundedLoss: Double?
    }

    /// Halvings of the step, by half powers of two, from the largest value down to the finest.
    private static let finestExponent = 40

    /// How much rounding may cost, in dB.
    public var budgetDecibels: Double

    /// A quantiser with a budget; 0.05 dB costs about 4 bits a value on whole scenes.
    public init(budgetDecibels: Double = 0.05) { self.budgetDecibels = budgetDecibels }

    /// Searches by bisection among 41 steps, each half a power of two finer than the one before,
    /// about six decodes.
    ///
    /// The returned latent was measured. Should the loss not grow steadily with the step, a coarser
    /// one may exist. Where even the finest step is over the budget, that step is returned, with
    /// its loss.
    ///
    /// - Parameters:
    ///   - prior: of the base network, whose steps are scaled; without one, one step serves all
    ///     values, at the coarsest the largest value.
    ///   - loss: the squared error of decoding a latent, such as its mean; not negative.
    /// - Throws: what `loss` throws; ``CubeCodecError/latentOutOfRange(step:)`` where the latent is
    ///   not finite.
    public func choose(
        _ latent: SceneLatent, prior: LatentPrior? = nil,
        loss: (SceneLatent) throws -> Double
    ) throws -> Choice {
        guard let candidates = Self.candidates(latent, prior) else {
            let quantized = try QuantizedLatent(
                latent, steps: prior.map { .prior($0, exponent: 0) } ?? .common(1))
            return Choice(quantized: quantized, lossDecibels: 0, roundedLoss: nil)
        }
        let unrounded = try loss(latent)
        func measure(_ index: Int) throws -> Choice {
            let quantized = try QuantizedLatent(latent, steps: candidates[index])
            let rounded = try loss(quantized.latent)
            return Choice(
                quantized: quantized, lossDecibels: Self.decibels(rounded, over: unrounded),
                roundedLoss: rounded)
        }
        var passing = candidates.count - 1
        var best = try measure(passing)
        var failing = -1
        while passing - failing > 1, best.lossDecibels <= budgetDecibels {
            let middle = (failing + passing) / 2
            let choice = try measure(middle)
            if choice.lossDecibels <= budgetDecibels {
                (best, passing) = (choice, middle)
            } else {
                failing = middle
            }
        }
        return best
    }

    /// Steps from the coarsest, at which no index is above about 1, to the finest; nil where all
    /// indices are 0 whatever the step.
    private static func candidates(
        _ latent: SceneLatent, _ prior: LatentPrior?
    ) -> [LatentSteps]? {
        guard let prior else {
            let largest = latent.values.map(abs).max() ?? 0
            guard largest > 0 else { return nil }
            return (0...finestExponent).map {
                let step = Float(Double(largest) * exp2(-Double($0) / 2))
                return .common(max(step, .leastNormalMagnitude))
            }
        }
        let largest = latent.values.enumerated().reduce(0.0) {
            let value = $1.offset % latent.latentCount
            let distance = abs(Double($1.element) - Double(prior.means[value]))
            return max($0, distance / Double(prior.steps[value]))
        }
        guard largest > 0, largest.isFinite else { return nil }
        let range = LatentPrior.maximumExponent
        let coarsest = min(
            max(Int((2 * log2(largest)).rounded(.up)), finestExponent - range), range)
        let usable = (0...finestExponent).filter { prior.steps(exponent: coarsest - $0) != nil }
        return usable.isEmpty ? nil : usable.map { .prior(prior, exponent: coarsest - $0) }
    }

    private static func decibels(_ rounded: Double, over unrounded: Double) -> Double {
        rounded == unrounded ? 0 : 10 * log10(rounded / unrounded)
    }
}
