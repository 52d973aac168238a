import Basics
import Cube
import Foundation
import Synchronization
import SyntheticScenes

/// Computes a synthetic scene piece by piece and writes it to files.
struct SceneGenerator: Sendable {
    let scene: SyntheticScene
    let stop: StopToken
    let progress: ConsoleProgress

    /// Writes the scene into a folder.
    ///
    /// - Throws: ``CommandLineError/outputExists(path:)``, ``Basics/BasicsError`` where the files
    ///   cannot be written or a stop was requested; nothing is left of the scene then.
    func write(
        into folder: String, format: SceneFormat, interleave: Interleave, replacing: Bool
    ) throws -> SceneReport {
        let stem = folder + (folder.hasSuffix("/") ? "" : "/") + scene.suggestedName
        let taken = SceneFile.paths(format, stem: stem).first {
            FileManager.default.fileExists(atPath: $0)
        }
        if let taken, !replacing { throw CommandLineError.outputExists(path: taken) }
        let file = try SceneFile(
            format, stem: stem, interleave: interleave, description: scene.description)
        do {
            try writeWindows(of: file)
            try file.finish()
        } catch {
            file.discard()
            throw error
        }
        return SceneReport(
            name: scene.suggestedName, kind: scene.kind.rawValue, sensor: scene.sensor.name,
            seed: scene.seed, geometry: scene.description.geometry, files: file.paths,
            byteCount: scene.description.sampleByteCount)
    }

    private func writeWindows(of file: SceneFile) throws {
        let doneCount = Mutex(0)
        let write = file.write
        let totalCount = file.windows.count
        let bands = Array(0..<scene.description.geometry.bands)
        let results = WorkerThreads.map(
            file.windows, threadCount: ProcessInfo.processInfo.activeProcessorCount
        ) { window in
            Result {
                try stop.check()
                try write(scene.read(window, bandIndices: bands))
                let done = doneCount.withLock { count in
                    count += 1
                    return count
                }
                progress.show(
                    ProgressReport(
                        activity: "generating", subject: scene.suggestedName,
                        completedCount: done, totalCount: totalCount, unit: "blocks"))
            }
        }
        for result in results { try result.get() }
    }
}
