import Glibc
import NeuralField

/// What a base network expects of its latents: where they lie, how finely each value matters, and
/// how far the values then are from their means. Latents are rounded and coded by it.
///
/// Invariant: all arrays are as long as a latent; means are finite; steps are normal, positive and
/// finite; magnitudes are at least 1.
public struct LatentPrior: Hashable, Sendable {
    /// The value that index 0 stands for, [latent]. What all latents share costs no bits so.
    public let means: [Float]
    /// The distance of two neighbouring values that costs about ``budgetDecibels`` where all values
    /// are rounded so, [latent].
    public let steps: [Float]
    /// Mean distance of a value from its mean in sixteenths of its step, [latent].
    public let magnitudes16: [UInt16]

    /// What ``steps`` cost together, on the cells that they were measured on.
    public static let budgetDecibels = 0.05

    /// States a prior.
    ///
    /// - Parameter means: nil for 0 everywhere.
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)`` where the invariant is broken.
    public init(
        means: [Float]? = nil, steps: [Float], magnitudes16: [UInt16]
    ) throws(NeuralFieldError) {
        let means = means ?? [Float](repeating: 0, count: steps.count)
        guard !steps.isEmpty, steps.count == magnitudes16.count, steps.count == means.count else {
            throw .impossibleParameters(
                reason: "\(steps.count) latent steps, but \(means.count) means and "
                    + "\(magnitudes16.count) magnitudes")
        }
        guard means.allSatisfy(\.isFinite), steps.allSatisfy({ $0.isNormal && $0 > 0 }),
            !magnitudes16.contains(0)
        else {
            throw .impossibleParameters(
                reason: "a latent's mean, step or magnitude is out of range")
        }
        self.means = means
        self.steps = steps
        self.magnitudes16 = magnitudes16
    }

    /// The prior of latents that were measured.
    ///
    /// Rounding value l to a step s adds about R_l s^2 / 24 to the loss, as a part of it, with R_l
    /// the second derivative by that value over the loss. Equal shares of the budget for all values
    /// are the best there are at small steps: a step half as long costs a bit, and gains the same
    /// everywhere.
    ///
    /// - Parameters:
    ///   - latents: fitted values of some cells.
    ///   - curvatures: R_l, [latent]; not negative, 1 over squared latent units.
    init(
        latents: LatentDeviations, curvatures: [Double]
    ) throws(NeuralFieldError) {
        let largest = curvatures.max() ?? 0
        let budget = 24 * Self.lossPart / Double(curvatures.count)
        let steps = curvatures.map { curvature -> Float in
            // A value that hardly matters still gets a step, so that it cannot grow at will.
            let floor = max(curvature, largest * 1e-4)
            return floor > 0 ? Float((budget / floor).squareRoot()) : 1
        }
        let magnitudes = zip(latents.meanMagnitudes, steps).map { magnitude, step -> UInt16 in
            UInt16(min(max((16 * magnitude / Double(step)).rounded(), 1), 65535))
        }
        try self.init(
            means: latents.means.map { Float($0) }, steps: steps, magnitudes16: magnitudes)
    }

    /// Whether a mean is not 0.
    public var isCentred: Bool { means.contains { $0 != 0 } }

    /// The steps made coarser or finer by half powers of two, [latent]: one float product each, of
    /// the step and 2^(exponent/2) rounded to a float.
    ///
    /// - Parameter exponent: -200...200.
    /// - Returns: nil where a step would not be a normal number.
    public func steps(exponent: Int) -> [Float]? {
        precondition(abs(exponent) <= Self.maximumExponent, "the exponent is in range")
        let half = exponent >> 1
        let root: Float = exponent & 1 == 1 ? 0x1.6a09e6p0 : 1
        let factor = Float(sign: .plus, exponent: half, significand: root)
        let scaled = steps.map { $0 * factor }
        return scaled.allSatisfy { $0.isNormal && $0.isFinite } ? scaled : nil
    }

    /// The part of the loss that rounding adds for each value, at steps made coarser by half powers
    /// of two.
    func lossPart(exponent: Int) -> Double {
        Self.lossPart / Double(steps.count) * exp2(Double(exponent))
    }

    /// ``budgetDecibels`` as a part of the loss.
    private static let lossPart = pow(10, budgetDecibels / 10) - 1

    /// The largest magnitude of an exponent.
    public static let maximumExponent = 200
}
