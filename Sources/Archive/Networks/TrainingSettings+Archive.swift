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
        try take(limitsOf: settings, options)
    }

    /// The knobs of the companion's training; nil where there shall be none.
    static func companion(
        _ settings: Settings, _ options: TrainingOptions
    ) throws -> TrainingSettings? {
        guard let grid = try settings.tiles.parsedGrid(),
            case .tiles(let lines, let samples) = grid,
            try grid != LatentGrid(parsing: settings.field.grid)
        else { return nil }
        var companion = TrainingSettings()
        companion.learn(tilesOf: lines, by: samples)
        companion.hiddenLayerCount = settings.tiles.hiddenLayerCount
        companion.hiddenWidth = settings.tiles.hiddenWidth
        companion.latentCount = settings.tiles.latentCount
        companion.omega = Float(settings.tiles.omega)
        try companion.take(limitsOf: settings, options)
        return companion
    }

    /// Gives a part of the time to a companion.
    mutating func share(with companion: inout TrainingSettings?, percent: Double) {
        guard companion != nil, let whole = timeLimitSeconds else { return }
        companion?.timeLimitSeconds = whole * percent / 100
        timeLimitSeconds = whole * (100 - percent) / 100
    }

    /// What all networks of one training have in common.
    private mutating func take(limitsOf settings: Settings, _ options: TrainingOptions) throws {
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
