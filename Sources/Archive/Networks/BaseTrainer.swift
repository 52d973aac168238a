import Basics
import Catalog
import Cube
import Foundation
import MetaLearning

/// Trains base networks on the archive's own cubes, from exact samples only.
///
/// An interrupted training leaves a checkpoint and resumes from it, on the same cubes.
public struct BaseTrainer: Sendable {
    let writer: ArchiveWriter

    /// A trainer of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    private var layout: ArchiveLayout { writer.archive.layout }

    /// Trains a base network and stores it as a candidate.
    ///
    /// - Throws: ``ArchiveError/nothingToTrainOn(reason:)``, ``BasicsError/stopped`` after writing
    ///   a checkpoint, and what reading and training throw.
    public func train(
        _ options: TrainingOptions = TrainingOptions(), stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> BaseReport {
        let plan = try preparePlan(options)
        let scenes = try collect(plan, stop, progress)
        guard !scenes.isEmpty else {
            throw ArchiveError.nothingToTrainOn(reason: "no cube has a single valid sample")
        }
        let result = try run(plan, scenes.map(\.pixels), stop, progress)
        try writer.operations.reached(RotationStep.trainingDone)
        let manifest = TrainingManifest(
            plan: plan, result: result, cubes: scenes.map(\.cube))
        let report = try store(
            result.network, manifest, family: plan.family.map { try BaseFamily(named: $0) })
        try writer.operations.reached(RotationStep.candidateWritten)
        if plan.isAutomatic == true { try queueRotation(to: report.version) }
        try TrainingPlan.forget(in: layout)
        try writer.operations.reached(RotationStep.checkpointRemoved)
        return report
    }

    /// Trains the network and then its companion, each with a checkpoint of its own: what is
    /// complete is not trained again.
    ///
    /// - Parameter pixels: [cubes][parts of the plan].
    private func run(
        _ plan: TrainingPlan, _ pixels: [[ScenePixels]], _ stop: StopToken,
        _ progress: ProgressSink?
    ) throws -> TrainingResult {
        let initial = try plan.initialVersion.map { try writer.archive.baseNetwork($0) }
        let paths = [layout.trainingCheckpoint, layout.companionCheckpoint]
        let results = try plan.parts.enumerated().map { index, part in
            let trainer = try MetaTrainer(
                scenes: pixels.map { $0[index] }, settings: part.settings,
                initial: index == 0
                    ? initial : initial?.companions.first { $0.isLike(part.settings) })
            return try run(trainer, paths[index], stop) { report in
                var report = report
                if index > 0 { report.subject = "its companion for \(part.sampling.grid)" }
                progress?(report)
            }
        }
        var result = results[0]
        result.network = try result.network.with(companions: results.dropFirst().map(\.network))
        result.seconds = results.reduce(0) { $0 + $1.seconds }
        return result
    }

    private func run(
        _ trainer: MetaTrainer, _ checkpoint: String, _ stop: StopToken,
        _ progress: @escaping ProgressSink
    ) throws -> TrainingResult {
        do {
            return try trainer.run(checkpointPath: checkpoint, stop: stop, progress: progress)
        } catch BasicsError.stopped {
            try writer.operations.reached(RotationStep.trainingCheckpointed)
            throw BasicsError.stopped
        }
    }

    /// A training that ended between its candidate's commit and its checkpoint's removal comes here
    /// twice with the same network.
    private func store(
        _ network: BaseNetwork, _ manifest: TrainingManifest, family: BaseFamily?
    ) throws -> BaseReport {
        let digest = SHA256Hasher.digest(of: try network.serialized())
        if let known = try writer.archive.catalog.bases().first(where: { $0.digest == digest }) {
            return try writer.archive.baseReport(known.version)
        }
        return try BaseStore(writer).add(
            network, manifest: manifest, family: family, action: .train)
    }

    /// Asks for the trial and, if it is won, the rotation that an automatic training is for.
    private func queueRotation(to version: Int) throws {
        try writer.catalog.enqueue(
            kind: Rotator.jobKind, subject: String(version), payload: #"{"base":\#(version)}"#,
            priority: 5, at: writer.now())
    }

    /// Whether an interrupted training waits to be resumed.
    public var isInterrupted: Bool {
        get throws { try TrainingPlan.saved(in: layout) != nil }
    }

    /// Whether that training was begun without being asked for.
    public var isInterruptedByItself: Bool {
        get throws { try TrainingPlan.saved(in: layout)?.isAutomatic == true }
    }

    private func preparePlan(_ options: TrainingOptions) throws -> TrainingPlan {
        if !options.startsAfresh, let saved = try TrainingPlan.saved(in: layout) { return saved }
        let family = try options.family.map { try BaseFamily(named: $0).name }
        let settings = writer.archive.settings
        let policy = settings.training
        let candidates = try writer.archive.catalog.cubesWithExactSamples()
        guard !candidates.isEmpty else {
            throw ArchiveError.nothingToTrainOn(reason: "the archive holds no cube exactly")
        }
        let training = try TrainingCubes(heldOutPercent: policy.heldOutPercent)
            .choose(from: candidates, in: writer.archive.catalog)
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
            .trainStart, .training(plan), message: reason ?? "asked for", figures: figures)
    }

    /// A seeded choice where there are more cubes than one training takes.
    private func choose(
        _ cubes: [SHA256Digest], atMost limit: Int, seed: UInt64
    ) -> [SHA256Digest] {
        if cubes.count <= limit { return cubes.sorted() }
        var generator = SeededGenerator(seed: seed)
        return cubes.sorted().shuffled(using: &generator).prefix(limit).sorted()
    }

    private func collect(
        _ plan: TrainingPlan, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> [(cube: CubeRecord, pixels: [ScenePixels])] {
        try plan.cubes.enumerated().compactMap { index, id in
            let cube = try writer.archive.catalog.cube(id)
            progress?(
                ProgressReport(
                    activity: "reading", subject: cube.name, completedCount: index,
                    totalCount: plan.cubes.count, unit: "cubes"))
            do {
                let pixels = try writer.archive.exactSource(of: cube).scenePixels(
                    plan.parts.map(\.sampling), seed: cube.pixelSeed, stop: stop)
                return (cube, pixels)
            } catch let error as MetaLearningError where error.isAboutTheScene {
                return nil
            }
        }
    }
}
