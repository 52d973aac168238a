import Basics
import Foundation
import MetaLearning

/// What an unfinished training works on, saved beside its checkpoint: a resumed training must see
/// the same cubes and settings, whatever has been ingested since.
struct TrainingPlan: Codable, Equatable {
    /// Every knob of the training.
    var settings: TrainingSettings
    /// Those of its companion's training, which follows; nil where there is none.
    var companionSettings: TrainingSettings?
    /// Cubes to train on, in order.
    var cubes: [SHA256Digest]
    /// Pixels held of each cube, and a quarter as many again for a companion.
    var pixelBudget: Int
    /// The version that the network starts from; nil for a fresh one.
    var initialVersion: Int?
    /// The family that the network shall belong to; nil derives it.
    var family: String?
    /// When the cubes were chosen: those that came later are new. nil in older plans.
    var plannedAt: Date?
    /// Whether the network is to be tried and rotated to by itself. nil in older plans.
    var isAutomatic: Bool?

    /// The trainings of the network and its companion, and what is kept of each cube for them: of a
    /// companion's tiles as many as can be kept whole.
    var parts: [(settings: TrainingSettings, sampling: PixelSampling)] {
        let first = (settings, PixelSampling(grid: settings.latentGrid, pixelBudget: pixelBudget))
        guard let companionSettings else { return [first] }
        let budget = max(1, pixelBudget / 4)
        let cellCount = max(1, budget / companionSettings.outerPixelCount)
        return [
            first,
            (
                companionSettings,
                PixelSampling(
                    grid: companionSettings.latentGrid, pixelBudget: budget, cellLimit: cellCount)
            ),
        ]
    }

    /// What all its trainings may take together; nil where only iterations limit them.
    var timeLimitSeconds: Double? {
        settings.timeLimitSeconds.map { $0 + (companionSettings?.timeLimitSeconds ?? 0) }
    }

    /// What the history calls the training: when its cubes were chosen.
    var identity: String { (plannedAt ?? .distantPast).formatted(.iso8601) }

    /// The plan of the training that was interrupted; nil where there is none.
    static func saved(in layout: ArchiveLayout) throws -> TrainingPlan? {
        let path = planPath(layout)
        guard FileManager.default.fileExists(atPath: path),
            FileManager.default.fileExists(atPath: layout.trainingCheckpoint)
        else { return nil }
        let bytes = try Data(contentsOf: URL(filePath: path))
        do {
            return try JSONCoding.decoder.decode(TrainingPlan.self, from: bytes)
        } catch is DecodingError {
            // The work folder may be emptied at any time: what is unreadable there is gone.
            return nil
        }
    }

    /// Makes sure that resuming this training is what a call asks for.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where the call asks for something else.
    func requireAgreement(with options: TrainingOptions) throws {
        // The daemon asks for nothing in particular.
        if options.isAutomatic { return }
        func requireSame<Value: Equatable>(
            _ name: String, _ asked: Value?, _ saved: Value?
        ) throws {
            guard let asked, asked != saved else { return }
            let own = saved.map { "\(name) \($0)" } ?? "no \(name)"
            throw ArchiveError.badArgument(
                reason: "an interrupted training waits that has \(own), not \(asked): leave the "
                    + "option out to resume it, or begin afresh with --restart")
        }
        try requireSame("seed", options.seed, settings.seed)
        try requireSame("iteration limit", options.iterationLimit, settings.iterationLimit)
        try requireSame(
            "time limit in milliseconds", options.timeLimitSeconds.map { Int($0 * 1000) },
            timeLimitSeconds.map { Int($0 * 1000) })
        try requireSame("initial version", options.initialVersion, initialVersion)
        try requireSame(
            "family", options.family.map { try BaseFamily(named: $0).name }, family)
    }

    /// Saves the plan, forgetting any earlier checkpoint.
    func save(in layout: ArchiveLayout) throws {
        try Self.forget(in: layout)
        try DurableFile.write(
            Array(try JSONCoding.encoder.encode(self)), to: Self.planPath(layout))
    }

    /// Removes plan and checkpoint.
    static func forget(in layout: ArchiveLayout) throws {
        for path in [planPath(layout), layout.trainingCheckpoint, layout.companionCheckpoint]
        where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }

    private static func planPath(_ layout: ArchiveLayout) -> String {
        layout.work + "/training.json"
    }
}
