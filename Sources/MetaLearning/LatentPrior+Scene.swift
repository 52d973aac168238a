extension LatentPrior {
    /// So many cells' worth of what a network expects stands beside a scene's own cells, as with
    /// the coder of latents.
    private static let weight = 4.0
    /// What a prior states at least, in steps.
    private static let leastMagnitude = 0x1p-4

    /// How far the values of some cells of a scene are expected to be from their means, in steps,
    /// [latent], at least 1/16: the cells' own mean distances, and those of the prior, at the
    /// size of the scene's, as if they came from four more cells. A coder that learns as it goes
    /// comes to expect the same.
    func magnitudes(of latents: [[Float]]) -> [Double] {
        // [latent]
        let sums = steps.indices.map { index in
            latents.reduce(0.0) { $0 + Double(abs($1[index] - means[index]) / steps[index]) }
        }
        let said = magnitudes16.map { Double($0) / 16 }
        let cellCount = Double(latents.count)
        let scale = sums.reduce(0, +) / (max(1, cellCount) * said.reduce(0, +))
        return zip(sums, said).map { sum, said in
            max((sum + Self.weight * scale * said) / (cellCount + Self.weight), Self.leastMagnitude)
        }
    }
}
