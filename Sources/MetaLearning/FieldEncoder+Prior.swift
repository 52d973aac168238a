import NeuralField

extension FieldEncoder {
    /// Most cells on which curvature is measured.
    private static let measuredCellCount = 32
    /// A probe's distance, as a part of the root mean square of the values' spread.
    private static let probePart = 0.25
    /// The least spread, as a part of the values themselves: latents that are all alike, as with
    /// one scene, have a curvature too.
    private static let leastSpreadPart = 0x1p-4

    /// The prior of latents that this network gave to scenes: means and magnitudes from all cells,
    /// the loss's curvature by central differences on the inner loop's pixels of some.
    ///
    /// - Parameter scenes: scenes and their latents.
    /// - Returns: nil where all values are 0, so that nothing can be learned from them.
    /// - Throws: as ``encode(_:stop:)``.
    func prior(of scenes: [(pixels: ScenePixels, latent: SceneLatent)]) throws -> LatentPrior? {
        let cells = try scenes.flatMap { scene in
            try problems(of: scene.pixels).enumerated().compactMap { index, problem in
                problem.map { (problem: $0, latent: scene.latent.cell(index)) }
            }
        }
        let latents = LatentDeviations(of: cells.map(\.latent), latentCount: latentCount)
        let meanSquare = latents.means.reduce(0) { $0 + $1 * $1 } / Double(latentCount)
        let spread = max(
            latents.rootMeanSquare, Self.leastSpreadPart * meanSquare.squareRoot())
        guard spread > 0 else { return nil }
        let count = min(Self.measuredCellCount, cells.count)
        let curvatures = ParallelResults<[Double]>(count: count)
        Workers.run(count, threadCount: threadCount) { index, _ in
            let (problem, latent) = cells[index * cells.count / count]
            curvatures.values[index] = Self.curvatures(
                of: innerObjective(problem, worker(for: problem)), at: latent,
                distance: Self.probePart * spread)
        }
        let measured = curvatures.values.compactMap(\.self)
        let means = (0..<latentCount).map { value in
            max(0, measured.reduce(0) { $0 + $1[value] } / Double(max(1, measured.count)))
        }
        return try LatentPrior(latents: latents, curvatures: means)
    }

    private var latentCount: Int { network.architecture.latentCount }

    /// Second derivatives of the loss by each value, over the loss, [latent]; nil where the loss is
    /// 0 or a probe cannot be decoded.
    private static func curvatures(
        of objective: CellLoss, at latent: [Float], distance: Double
    ) -> [Double]? {
        let middle = objective.loss(of: latent)
        guard middle > 0, middle.isFinite else { return nil }
        var probe = latent
        let curvatures = latent.indices.map { index -> Double in
            probe[index] = latent[index] + Float(distance)
            let right = objective.loss(of: probe)
            probe[index] = latent[index] - Float(distance)
            let left = objective.loss(of: probe)
            probe[index] = latent[index]
            return (right + left - 2 * middle) / (distance * distance * middle)
        }
        return curvatures.allSatisfy(\.isFinite) ? curvatures : nil
    }
}
