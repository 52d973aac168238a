/// The loss of one cell with a price on the bits of its latent, as a function of how far its
/// values are from the prior's means, in units of the prior's steps.
///
/// Steps of a prior are such that each of n values adds the part c / n to the loss L, and at half
/// powers of two e coarser the part 2^e c / n. At high rates a bit less for one value then costs
/// 2 ln 2 times that, and a Gaussian value z of variance v takes z^2 / (2 v ln 2) bits: so the
/// price is L 2^e c / n times the sum of z^2 / v. The variance is the scene's own, so that values
/// which few of its cells need become dear, and stay near the mean, where they cost next to
/// nothing, instead of following noise.
struct PricedCellLoss: LatentObjective {
    let cell: CellLoss
    let prior: LatentPrior
    /// [latent] what the square of a value costs.
    let prices: [Double]

    /// - Parameters:
    ///   - magnitudes: expected |z|, [latent], positive; ``LatentPrior/magnitudes(of:)``.
    ///   - loss: L, the mean loss of the scene's cells.
    ///   - exponent: e.
    init(_ cell: CellLoss, prior: LatentPrior, magnitudes: [Double], loss: Double, exponent: Int) {
        self.cell = cell
        self.prior = prior
        prices = magnitudes.map { mean in
            // The mean magnitude of a Gaussian value is sqrt(2 v / pi).
            loss * prior.lossPart(exponent: exponent) / (Double.pi / 2 * mean * mean)
        }
    }

    func loss(of point: [Float]) -> Double { cell.loss(of: latent(of: point)) + price(of: point) }

    func lossAndGradient(of point: [Float]) -> (loss: Double, gradient: [Float]) {
        let (loss, gradient) = cell.lossAndGradient(of: latent(of: point))
        let scaled = point.indices.map { index in
            gradient[index] * prior.steps[index] + Float(2 * prices[index]) * point[index]
        }
        return (loss + price(of: point), scaled)
    }

    /// The latent of distances from the means in units of steps.
    func latent(of point: [Float]) -> [Float] {
        point.indices.map { prior.means[$0] + point[$0] * prior.steps[$0] }
    }

    /// The inverse of ``latent(of:)``.
    func point(of latent: [Float]) -> [Float] {
        latent.indices.map { (latent[$0] - prior.means[$0]) / prior.steps[$0] }
    }

    private func price(of point: [Float]) -> Double {
        zip(point, prices).reduce(0) { $0 + Double($1.0) * Double($1.0) * $1.1 }
    }
}
