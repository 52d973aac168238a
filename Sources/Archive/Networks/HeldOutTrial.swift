import Basics
import Catalog
import Cube
import Foundation
import MetaLearning

/// Measures a network, while it is trained and as its training ends, on a few of the cubes that it
/// has not learned from.
struct HeldOutTrial {
    /// Cubes that are measured: enough of every kind for a mean, and soon done.
    private static let cubeCount = 8
    /// Cubes that are measured again and again on the way.
    private static let watchedCubeCount = 4
    let archive: Archive
    let now: @Sendable () -> Date

    /// What the network makes of each cube that was chosen; one that cannot be encoded is left out.
    func run(
        _ network: BaseNetwork, _ plan: TrainingPlan, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> [TrainingManifest.HeldOutCube] {
        let chosen = try choose(Self.cubeCount, plan)
        let encoder = try CubeEncoder(
            archive, network: network, version: archive.catalog.nextBaseVersion(), now: now)
        return try chosen.enumerated().compactMap { index, choice in
            try stop.check()
            let cube = try archive.catalog.cube(choice.id)
            progress?(
                ProgressReport(
                    activity: "judging", subject: cube.name, completedCount: index,
                    totalCount: chosen.count, unit: "cubes"))
            do {
                let encoding = try encoder.encode(cube, stop: stop, progress: nil)
                return TrainingManifest.HeldOutCube(cube, encoding)
            } catch let error as any CubevaultError where !error.mustEndTheProcess {
                return nil
            }
        }
    }
}

extension HeldOutTrial {
    private func choose(_ count: Int, _ plan: TrainingPlan) throws -> [CanaryChooser.Cube] {
        var learned = try plan.initialVersion.map { try archive.cubesLearned(by: $0) } ?? []
        learned.formUnion(plan.cubes)
        let candidates = try archive.canaryCubes(learned: learned).filter(\.isHeldOut)
        return CanaryChooser(seed: plan.settings.seed).choose(count, from: candidates)
    }

    /// Pixels of a few cubes to watch while the network is trained; those that cannot be read are
    /// left out.
    func watchedPixels(_ plan: TrainingPlan, _ stop: StopToken) throws -> [ScenePixels] {
        try choose(Self.watchedCubeCount, plan).flatMap { choice -> [ScenePixels] in
            let cube = try archive.catalog.cube(choice.id)
            do {
                return try archive.exactSource(of: cube).scenePixels(
                    [plan.parts[0].sampling], seed: cube.pixelSeed, stop: stop)
            } catch let error as any CubevaultError where !error.mustEndTheProcess {
                return []
            }
        }
    }
}

extension Archive {
    /// The cubes that a network can be tried on. None counts as held out where nothing is known of
    /// what the network has learned from.
    func canaryCubes(learned: Set<SHA256Digest>) throws -> [CanaryChooser.Cube] {
        let exact = Set(try catalog.cubesWithExactSamples())
        return try catalog.search(CubeQuery()).filter { exact.contains($0.id) }.map {
            CanaryChooser.Cube(
                id: $0.id, sensor: $0.sensor ?? "\($0.geometry.bands) bands",
                collection: $0.collection ?? "", sampleCount: $0.geometry.sampleCount,
                isHeldOut: !learned.isEmpty && !learned.contains($0.id))
        }
    }

    /// The cubes that a base network has learned from, by itself or through those that it was begun
    /// from, as far as these are still there.
    func cubesLearned(by version: Int) throws -> Set<SHA256Digest> {
        let versions = Set(try catalog.bases().map(\.version))
        var learned: Set<SHA256Digest> = []
        var next: Int? = version
        while let version = next, versions.contains(version) {
            let manifest = try trainingManifest(version)
            learned.formUnion(manifest.plan?.cubes ?? [])
            // The manifest of another archive counts versions of its own.
            let isOurs = manifest.importedFrom == nil
            next = isOurs ? manifest.plan?.initialVersion.flatMap { $0 < version ? $0 : nil } : nil
        }
        return learned
    }
}
