/// Some cells' latents as distances from their mean.
///
/// Invariant: every row is as long as `means`.
struct LatentDeviations {
    /// [latent] 0 where there is no cell.
    let means: [Double]
    /// [cells][latent]
    let rows: [[Double]]

    /// - Parameter latents: [cells][latentCount].
    init(of latents: [[Float]], latentCount: Int) {
        var sums = [Double](repeating: 0, count: latentCount)
        for latent in latents {
            for (index, value) in latent.enumerated() { sums[index] += Double(value) }
        }
        let means = sums.map { $0 / Double(max(1, latents.count)) }
        self.means = means
        rows = latents.map { latent in zip(latent, means).map { Double($0) - $1 } }
    }

    /// The mean distance of each value from its mean, [latent].
    var meanMagnitudes: [Double] {
        means.indices.map { index in
            rows.reduce(0) { $0 + abs($1[index]) } / Double(max(1, rows.count))
        }
    }

    /// The root mean square of all distances.
    var rootMeanSquare: Double {
        let squares = rows.joined().reduce(0) { $0 + $1 * $1 }
        return (squares / Double(max(1, rows.count * means.count))).squareRoot()
    }
}
