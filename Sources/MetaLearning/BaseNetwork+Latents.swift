import NeuralField

extension BaseNetwork {
    /// Forms of latents, as files of networks number them (FORMAT.md): 1 without a prior, 2 with
    /// one whose means are 0, 3 with one that states means.
    public static let latentForms = 1...3

    /// The one of ``latentForms`` that its latents have.
    public var latentForm: Int { latentPrior.map { $0.isCentred ? 3 : 2 } ?? 1 }

    /// The same network with a prior of its latents.
    ///
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)`` where it is of another length.
    public func with(_ prior: LatentPrior?) throws -> BaseNetwork {
        try BaseNetwork(
            parameters: parameters, bandGrid: bandGrid, latentGrid: latentGrid, inner: inner,
            latentPrior: prior)
    }

    /// The same network with its latents on other axes: those along which latents spread about
    /// their mean, the widest first. Few values then hold most of what a latent says, and rounding
    /// and coding value by value costs fewer bits.
    ///
    /// phi' = A phi with A orthogonal and W_M' = W_M A^T decode to the same, and gradient descent
    /// on phi' takes the same path, as long as all values have one inner rate. Where they have not,
    /// or are too many, or there is no latent, the network stays as it is.
    ///
    /// - Parameter latents: some cells' values, [cells][latent].
    func onPrincipalAxes(of latents: [[Float]]) throws -> BaseNetwork {
        let latentCount = architecture.latentCount
        guard !latents.isEmpty, latentCount <= PrincipalAxes.maximumCount,
            Set(inner.rates).count == 1
        else { return self }
        let axes = PrincipalAxes(
            of: LatentDeviations(of: latents, latentCount: latentCount).rows
        ).rows
        var values = parameters.values
        // [K d][latent]
        let weights = parameters.layout.modulationWeights
        for start in stride(from: weights.lowerBound, to: weights.upperBound, by: latentCount) {
            let row = parameters.values[start..<start + latentCount]
            for (index, axis) in axes.enumerated() {
                values[start + index] = Float(zip(row, axis).reduce(0) { $0 + Double($1.0) * $1.1 })
            }
        }
        return try BaseNetwork(
            parameters: FieldParameters(architecture: architecture, values: values),
            bandGrid: bandGrid, latentGrid: latentGrid, inner: inner)
    }
}
