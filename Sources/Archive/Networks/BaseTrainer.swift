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

    var layout: ArchiveLayout { writer.archive.layout }

    /// Trains a base network and stores it as a candidate.
    ///
    /// - Throws: ``ArchiveError/nothingToTrainOn(reason:)``, ``BasicsError/stopped`` after writing
    ///   a checkpoint, and what reading and training throw.
    public func train(
        _ options: TrainingOptions = TrainingOptions(), stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> BaseReport {
        let plan = try preparePlan(options)
        do {
            return try carryOut(plan, stop, progress)
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            if !error.isFullDisk {
                try writer.record(
                    .train, .training(identity: plan.identity), outcome: .failed,
                    message: error.description, figures: ["cubeCount": Double(plan.cubes.count)])
            }
            throw error
        }
    }

    /// Throws away what an interrupted training would go on from.
    public func forgetInterrupted() throws { try TrainingPlan.forget(in: layout) }

    private func carryOut(
        _ wanted: TrainingPlan, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> BaseReport {
        let (plan, scenes) = try collect(wanted, stop, progress)
        guard !scenes.isEmpty else {
            throw ArchiveError.nothingToTrainOn(
                reason: "no cube can be read and has a single valid sample")
        }
        let result = try run(plan, scenes.map(\.pixels), stop, progress)
        try writer.operations.reached(RotationStep.trainingDone)
        var manifest = TrainingManifest(
            plan: plan, result: result, cubes: scenes.map(\.cube))
        manifest.heldOut = try HeldOutTrial(archive: writer.archive, now: writer.now)
            .run(result.network, plan, stop, progress)
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
        let watched = try HeldOutTrial(archive: writer.archive, now: writer.now)
            .watchedPixels(plan, stop)
        let results = try plan.parts.enumerated().map { index, part in
            let trainer = try MetaTrainer(
                scenes: pixels.map { $0[index] }, settings: part.settings,
                heldOut: index == 0 ? watched : [],
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
}
