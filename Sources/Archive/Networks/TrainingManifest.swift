import Basics
import MetaLearning

/// How a base network came to be, kept with it for ever.
struct TrainingManifest: Codable {
    /// Cubes, settings and seed; nil for a network that was imported.
    var plan: TrainingPlan?
    /// Names of the training cubes, for people.
    var cubeNames: [String]
    /// Outer iterations done.
    var iterationCount: Int
    /// Wall time.
    var seconds: Double
    /// PSNR per training cube as training ended, in the order of `cubeNames`.
    var psnrDecibels: [Double?]

    /// The manifest of a finished training.
    init(plan: TrainingPlan, result: TrainingResult, names: [String]) {
        self.plan = plan
        cubeNames = names
        iterationCount = result.iterationCount
        seconds = result.seconds
        psnrDecibels = result.scenePSNRDecibels
    }

    /// The manifest of a network that came from a file.
    init(importedFrom path: String) {
        plan = nil
        cubeNames = []
        iterationCount = 0
        seconds = 0
        psnrDecibels = []
    }
}
