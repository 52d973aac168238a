import Archive
import Basics
import Cube
import CubeFiles
import Foundation
import SyntheticScenes
import TestSupport

/// An archive in a temporary folder, and ENVI scenes to put into it.
struct ArchiveFixture {
    let folder: TemporaryFolder
    let path: String

    /// Makes an archive whose trainings take a moment: a tiny field and few iterations.
    init() throws {
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
            iteration_limit = 30
            pixel_budget = 500
            first_after_cube_count = 2
            quiet_seconds = 0.0
            [daemon]
            settle_seconds = 0.2
            """
        try Data(settings.utf8).write(to: URL(filePath: path + "/cubevault.toml"))
    }

    /// Writes a synthetic scene as an ENVI pair and returns the binary's path.
    func scene(
        _ name: String, seed: UInt64 = 1, lines: Int = 12, interleave: Interleave = .bil,
        into subfolder: String? = nil
    ) throws -> String {
        let source = try SyntheticScene(
            sensor: .visibleNearInfrared(bandCount: 20), lines: lines, samples: 10, seed: seed)
        let base = subfolder ?? folder.path
        let layout = ENVIBinaryLayout(interleave: interleave)
        let binary = base + "/" + name + ".img"
        let writer = try ENVIBinaryWriter(
            creating: binary, description: source.description, layout: layout)
        try writer.write(source.read(lines: 0..<lines))
        try writer.finish()
        let header = ENVIHeaderText(source.description, layout: layout)
        try Data(header.bytes).write(to: URL(filePath: base + "/" + name + ".hdr"))
        return binary
    }

    /// Where the file of a blob lies in an archive.
    static func path(ofBlob name: SHA256Digest, in archive: String) -> String {
        "\(archive)/blobs/\(name.hexadecimal.prefix(2))/\(name.hexadecimal).zst"
    }

    /// Opens the archive for changing.
    func writer(operations: FileOperations = .real) throws -> ArchiveWriter {
        try ArchiveWriter(opening: path, operations: operations)
    }

    /// Requires the archive to be sound, every byte of it.
    func check() throws -> CheckReport {
        try Checker(Archive(opening: path)).check(readsData: true)
    }
}

/// Thrown by tests where a crash is to happen.
struct StagedCrash: Error {}

extension FileOperations {
    /// Operations that crash when a step is reached.
    static func crashing(at step: String) -> FileOperations {
        var operations = FileOperations.real
        operations.reached = { if $0 == step { throw StagedCrash() } }
        return operations
    }
}
