import Foundation
import MetaLearning

extension TrainingSettings {
    /// The knobs of one training, from the archive's settings and what the call changes.
    init(_ settings: Settings, _ options: TrainingOptions) throws {
        self.init()
        hiddenLayerCount = settings.field.hiddenLayerCount
        hiddenWidth = settings.field.hiddenWidth
        latentCount = settings.field.latentCount
        omega = Float(settings.field.omega)
        latentGrid = try LatentGrid(parsing: settings.field.grid)
        mergeNanometers = settings.field.mergeNanometers
        seed = options.seed ?? settings.training.seed
        let iterations = options.iterationLimit ?? settings.training.iterationLimit
        iterationLimit = iterations == 0 ? nil : iterations
        let isLimitedByIterations = options.iterationLimit != nil && options.timeLimitSeconds == nil
        timeLimitSeconds =
            isLimitedByIterations
            ? nil : options.timeLimitSeconds ?? settings.training.timeLimitSeconds
        threadCount = ProcessInfo.processInfo.activeProcessorCount
    }
}
