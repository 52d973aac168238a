import Catalog
import MetaLearning
import NeuralField

extension Archive {
    /// The network that an automatic training goes on from: the current one where the settings ask
    /// for one of the same sizes; nil for a fresh start.
    public func versionToTrainOn() throws -> Int? {
        guard let current = try catalog.currentBase()?.version else { return nil }
        let wanted = try TrainingSettings(settings, TrainingOptions())
        return try baseNetwork(current).isLike(wanted) ? current : nil
    }
}

extension BaseNetwork {
    /// Whether a training with these settings can go on from the network, and makes one of its
    /// kind.
    func isLike(_ settings: TrainingSettings) -> Bool {
        architecture.hiddenLayerCount == settings.hiddenLayerCount
            && architecture.hiddenWidth == settings.hiddenWidth
            && architecture.latentCount == settings.latentCount
            && architecture.omega == settings.omega && latentGrid == settings.latentGrid
    }
}
