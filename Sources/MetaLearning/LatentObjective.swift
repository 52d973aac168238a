/// What a search for a latent makes small.
protocol LatentObjective {
    /// The value at a point; infinite where the decoder would refuse it.
    func loss(of point: [Float]) -> Double
    /// The value at a point, and its gradient.
    func lossAndGradient(of point: [Float]) -> (loss: Double, gradient: [Float])
}
