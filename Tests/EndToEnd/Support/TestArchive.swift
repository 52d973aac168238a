import Foundation
import TestSupport
import Testing

/// An archive made by the program in a folder of its own, with a network small enough for tests.
final class TestArchive {
    /// Settings that train in moments.
    private static let settings = """
        [field]
        hidden_layer_count = 2
        hidden_width = 16
        latent_count = 8
        [training]
        pixel_budget = 2000
        [encoding]
        pixel_budget = 2000
        """

    private let temporary: TemporaryFolder
    /// The archive's folder.
    let folder: String

    /// Makes an empty archive.
    init() throws {
        temporary = try TemporaryFolder()
        folder = temporary.file("vault")
        try expectSuccess("init", folder)
        try Data(Self.settings.utf8).write(to: URL(filePath: folder + "/cubevault.toml"))
    }

    /// A path beside the archive.
    func path(_ name: String) -> String { temporary.file(name) }

    /// Starts the program on this archive.
    func start(_ arguments: String...) throws -> Program { try start(arguments) }

    /// Runs the program on this archive to its end.
    func run(_ arguments: String...) throws -> ProgramResult { try start(arguments).finish() }

    /// The same with arguments in a list.
    func run(_ arguments: [String]) throws -> ProgramResult { try start(arguments).finish() }

    /// Runs the program on this archive and requires it to succeed.
    @discardableResult
    func expectSuccess(
        _ arguments: String..., at location: SourceLocation = #_sourceLocation
    ) throws -> ProgramResult {
        let result = try start(arguments).finish()
        try #require(
            result.status == 0, "\(arguments): \(result.errors)", sourceLocation: location)
        return result
    }

    /// Writes scenes into a folder beside the archive; returns their header, or only, files.
    @discardableResult
    func generate(into name: String, _ arguments: String...) throws -> [String] {
        let all = ["generate", path(name), "--json", "--quiet"] + arguments
        let result = try start(all).finish()
        try #require(result.status == 0, "\(result.errors)")
        return try result.objects().map { scene in
            try #require((scene["files"] as? [String])?.last)
        }
    }

    /// Small scenes, archived; returns their IDs in the order of their names.
    func ingestScenes(count: Int) throws -> [String] {
        try generate(
            into: "scenes", "--scenes", "\(count)", "--lines", "40", "--samples", "36", "--bands",
            "24")
        try expectSuccess("ingest", path("scenes"), "--quiet")
        return try ids()
    }

    /// IDs of all cubes in the order of their names.
    func ids() throws -> [String] {
        try expectSuccess("search", "--sort", "name", "--json").objects().map {
            try #require($0["id"] as? String)
        }
    }

    private func start(_ arguments: [String]) throws -> Program {
        try Program(arguments, archive: folder, folder: temporary.path)
    }
}
