import Basics
import Catalog
import Cube
import MetaLearning

/// What a training sees of each cube.
extension BaseTrainer {
    /// A cube and its pixels, for each part of the plan.
    typealias Scene = (cube: CubeRecord, pixels: [ScenePixels])

    /// Reads the cubes of a plan. One that cannot be read is left out of it, with an event, and the
    /// plan saved anew without it: a checkpoint that was made with the cube fits no longer.
    func collect(
        _ plan: TrainingPlan, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> (plan: TrainingPlan, scenes: [Scene]) {
        var scenes: [Scene] = []
        for (index, id) in plan.cubes.enumerated() {
            try stop.check()
            if let scene = try read(id, at: index, of: plan, stop, progress) {
                scenes.append(scene)
            }
        }
        var reduced = plan
        reduced.cubes = scenes.map(\.cube.id)
        if reduced.cubes != plan.cubes, !scenes.isEmpty { try reduced.save(in: layout) }
        return (reduced, scenes)
    }

    /// One cube; nil, and an event that says why, where it has nothing to learn from.
    private func read(
        _ id: SHA256Digest, at index: Int, of plan: TrainingPlan, _ stop: StopToken,
        _ progress: ProgressSink?
    ) throws -> Scene? {
        do {
            let cube = try writer.archive.catalog.cube(id)
            progress?(
                ProgressReport(
                    activity: "reading", subject: cube.name, completedCount: index,
                    totalCount: plan.cubes.count, unit: "cubes"))
            let pixels = try writer.archive.exactSource(of: cube).scenePixels(
                plan.parts.map(\.sampling), seed: cube.pixelSeed, stop: stop)
            return (cube, pixels)
        } catch let error as any CubevaultError where isAboutTheCube(error) {
            try writer.record(
                .train, .cube(id), outcome: .skipped,
                message: "left out of a training: \(error.description)")
            return nil
        }
    }

    /// A plan of another archive, or of a restored catalog, may name cubes that are not here.
    private func isAboutTheCube(_ error: any CubevaultError) -> Bool {
        if case CatalogError.notFound = error { return true }
        return !error.mustEndTheProcess && !error.isFullDisk
    }
}
