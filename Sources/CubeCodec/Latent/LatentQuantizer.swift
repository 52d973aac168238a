import Glibc
import MetaLearning

/// Chooses the step of a latent: the coarsest whose decoded loss stays within a budget.
public struct LatentQuantizer: Sendable {
    /// What a search gave.
    public struct Choice: Sendable {
        /// The rounded latent.
        public let quantized: QuantizedLatent
        /// What rounding costs, measured: 10 log10 of the loss after rounding by the loss before.
        /// Negative where rounding happened to help; 0 where both losses are 0.
        public let lossDecibels: Double
    }

    /// Halvings of the step, by half powers of two, from the largest value down to the finest.
    private static let finestExponent = 40

    /// How much rounding may cost, in dB.
    public var budgetDecibels: Double

    /// A quantiser with a budget; 0.05 dB costs about 4 bits a value on whole scenes.
    public init(budgetDecibels: Double = 0.05) { self.budgetDecibels = budgetDecibels }

    /// Searches by bisection among the steps largest / 2^(j/2), j = 0...40, about six decodes.
    ///
    /// The returned latent was measured. Should the loss not grow steadily with the step, a coarser
    /// one may exist. Where even the finest step is over the budget, that step is returned, with
    /// its loss.
    ///
    /// - Parameter loss: the squared error of decoding a latent, such as its mean; not negative.
    /// - Throws: what `loss` throws; ``CubeCodecError/latentOutOfRange(step:)`` where the latent is
    ///   not finite.
    public func choose(
        _ latent: SceneLatent, loss: (SceneLatent) throws -> Double
    ) throws -> Choice {
        let largest = latent.values.map(abs).max() ?? 0
        guard largest > 0 else {
            let quantized = try QuantizedLatent(latent, step: 1)
            return Choice(quantized: quantized, lossDecibels: 0)
        }
        let unrounded = try loss(latent)
        func measure(_ exponent: Int) throws -> Choice {
            let step = Float(Double(largest) * exp2(-Double(exponent) / 2))
            let quantized = try QuantizedLatent(latent, step: max(step, .leastNormalMagnitude))
            let rounded = try loss(quantized.latent)
            return Choice(
                quantized: quantized, lossDecibels: Self.decibels(rounded, over: unrounded))
        }
        var best = try measure(Self.finestExponent)
        var failing = -1
        var passing = Self.finestExponent
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

    private static func decibels(_ rounded: Double, over unrounded: Double) -> Double {
        rounded == unrounded ? 0 : 10 * log10(rounded / unrounded)
    }
}
