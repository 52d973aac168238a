/// The inner loop of CAVIA, as a base network was trained with it.
///
/// Every step, of training and encoding alike, sees the same pixels of its cell: one from the
/// middle of each of ``pixelCount`` equal parts of its sampled pixels, which lie along a curve that
/// fills the cell. So the latent is a smooth function of the network without any noise of sampling,
/// and its cost does not depend on the cell's size.
public struct InnerSettings: Hashable, Sendable, Codable {
    /// Pixels of each step; all of a cell that has fewer.
    public static let pixelCount = 240

    /// Steps of gradient descent from phi = 0: 1...100.
    public let stepCount: Int
    /// The step size of each latent value, on a loss averaged over pixels and bands:
    /// [latent], finite and not negative.
    public let rates: [Float]

    /// States an inner loop; the base network that holds it checks the ranges.
    public init(stepCount: Int, rates: [Float]) {
        self.stepCount = stepCount
        self.rates = rates
    }
}
