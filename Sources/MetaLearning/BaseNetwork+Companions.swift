extension BaseNetwork {
    /// Most companions of one network.
    public static let maximumCompanionCount = 7

    /// The network itself and its companions: a latent's level counts these.
    public var levels: [BaseNetwork] { [self] + companions }

    /// The one that a latent is for.
    ///
    /// - Throws: ``MetaLearningError/foreignLatent(reason:)`` where there is no such level.
    public func network(of latent: SceneLatent) throws(MetaLearningError) -> BaseNetwork {
        guard levels.indices.contains(latent.level) else {
            throw .foreignLatent(
                reason: "it is of level \(latent.level), and there are \(levels.count)")
        }
        return levels[latent.level]
    }

    /// The same network with companions.
    ///
    /// - Throws: as its initializer.
    public func with(companions: [BaseNetwork]) throws -> BaseNetwork {
        try BaseNetwork(
            parameters: parameters, bandGrid: bandGrid, latentGrid: latentGrid, inner: inner,
            latentPrior: latentPrior, companions: companions)
    }
}
