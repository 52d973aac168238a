import Basics
import Catalog
import Cube
import Foundation
import MetaLearning

/// What a training works on.
extension BaseTrainer {
    /// The plan of the training that was interrupted, or a new one.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where the call asks for another training
    ///   than the interrupted one.
    func preparePlan(_ options: TrainingOptions) throws -> TrainingPlan {
        if !options.startsAfresh, let saved = try TrainingPlan.saved(in: layout) {
            try saved.requireAgreement(with: options)
            return saved
        }
        let family = try options.family.map { try BaseFamily(named: $0).name }
        let settings = writer.archive.settings
        let policy = settings.training
        let candidates = try writer.archive.catalog.cubesWithExactSamples()
        guard !candidates.isEmpty else {
            throw ArchiveError.nothingToTrainOn(reason: "the archive holds no cube exactly")
        }
        let training = try TrainingCubes(heldOutPercent: policy.heldOutPercent)
            .choose(
                from: candidates,
                learned: options.initialVersion.map { try writer.archive.cubesLearned(by: $0) }
                    ?? [], in: writer.archive.catalog)
        var first = try TrainingSettings(settings, options)
        var companion = try TrainingSettings.companion(settings, options)
        first.share(with: &companion, percent: settings.tiles.trainingPercent)
        var plan = TrainingPlan(
            settings: first, companionSettings: companion,
            cubes: choose(training, atMost: policy.cubeCountLimit, seed: policy.seed),
            pixelBudget: policy.pixelBudget, initialVersion: options.initialVersion,
            family: family)
        // JSON keeps whole seconds: rounded down, cubes of this very second would count as new.
        plan.plannedAt = Date(
            timeIntervalSince1970: writer.now().timeIntervalSince1970.rounded(.up))
        plan.isAutomatic = options.isAutomatic
        try recordStart(of: plan, reason: options.reason)
        try plan.save(in: layout)
        try writer.operations.reached(RotationStep.trainingPlanned)
        return plan
    }

    /// Comes before the plan, which is what a killed training goes on from: so each start is
    /// noted, and twice only where nothing of the training was on the disk yet.
    private func recordStart(of plan: TrainingPlan, reason: String?) throws {
        var figures = ["cubeCount": Double(plan.cubes.count)]
        figures["fromVersion"] = plan.initialVersion.map(Double.init)
        figures["iterationLimit"] = plan.settings.iterationLimit.map(Double.init)
        figures["timeLimitSeconds"] = plan.timeLimitSeconds
        try writer.record(
            .trainStart, .training(identity: plan.identity), message: reason ?? "asked for",
            figures: figures)
    }

    /// A seeded choice where there are more cubes than one training takes.
    private func choose(
        _ cubes: [SHA256Digest], atMost limit: Int, seed: UInt64
    ) -> [SHA256Digest] {
        if cubes.count <= limit { return cubes.sorted() }
        var generator = SeededGenerator(seed: seed)
        return cubes.sorted().shuffled(using: &generator).prefix(limit).sorted()
    }
}
