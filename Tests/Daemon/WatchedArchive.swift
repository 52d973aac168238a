import Archive
import Catalog
import Cube
import CubeFiles
import Daemon
import Foundation
import Logging
import SyntheticScenes
import TestSupport

/// An archive with a watch folder and a daemon that has no patience.
struct WatchedArchive {
    let folder: TemporaryFolder
    let path: String
    var ingest: String { path + "/ingest" }

    init(
        _ extraSettings: String = "", training: String = "iteration_limit = 20"
    ) throws {
        folder = try TemporaryFolder()
        path = folder.file("archive")
        try Archive.create(at: path)
        let settings = """
            [field]
            hidden_layer_count = 2
            hidden_width = 16
            latent_count = 8
            [tiles]
            hidden_layer_count = 1
            hidden_width = 8
            latent_count = 4
            [training]
            \(training)
            pixel_budget = 300
            first_after_cube_count = 3
            quiet_seconds = 0.0
            [daemon]
            settle_seconds = 0.05
            partner_timeout_seconds = 0.3
            \(extraSettings)
            """
        try Data(settings.utf8).write(to: URL(filePath: path + "/cubevault.toml"))
    }

    func run() async throws {
        try await DaemonCommand(archiveFolder: path, once: true, logLevel: .critical).run()
    }

    var archive: Archive { get throws { try Archive(opening: path) } }

    func drop(
        _ name: String, seed: UInt64, folder: String? = nil,
        sensor: SyntheticSensor = .visibleNearInfrared(bandCount: 12)
    ) throws {
        let folder = folder ?? ingest
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let scene = try SyntheticScene(
            sensor: sensor, lines: 8, samples: 9, seed: seed)
        let layout = ENVIBinaryLayout(interleave: .bip)
        let writer = try ENVIBinaryWriter(
            creating: folder + "/" + name + ".img", description: scene.description,
            layout: layout)
        try writer.write(scene.read(lines: 0..<8))
        try writer.finish()
        try Data(ENVIHeaderText(scene.description, layout: layout).bytes).write(
            to: URL(filePath: folder + "/" + name + ".hdr"))
    }

    func filesInIngest() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: ingest)
    }
}
