import Catalog
import MetaLearning
import NeuralField

extension Archive {
    /// The network that an automatic training goes on from: the current one where the settings ask
    /// for one of the same sizes; nil for a fresh start.
    public func versionToTrainOn() throws -> Int? {
        guard let current = try catalog.currentBase()?.version else { return nil }
        let network = try baseNetwork(current)
        let sizes = network.architecture
        let isLike =
            sizes.hiddenLayerCount == settings.field.hiddenLayerCount
            && sizes.hiddenWidth == settings.field.hiddenWidth
            && sizes.latentCount == settings.field.latentCount
            && sizes.omega == Float(settings.field.omega)
            && network.latentGrid.description == settings.field.grid
        return isLike ? current : nil
    }
}
