/// The inner loop of CAVIA, as a base network was trained with it.
public struct InnerSettings: Hashable, Sendable, Codable {
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
