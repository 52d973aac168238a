import Basics

public final class MetaTrainer {
    public init(
        scenes: [ScenePixels], settings: TrainingSettings, initial: BaseNetwork? = nil
    ) throws { fatalError() }
    public func run(
        checkpointPath: String?, stop: StopToken, progress: ProgressSink?
    ) throws -> TrainingResult { fatalError() }
}
