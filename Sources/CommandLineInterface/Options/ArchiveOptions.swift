import Archive
import ArgumentParser
import Foundation

/// Which archive a command works on.
struct ArchiveOptions: ParsableArguments {
    /// Name of the environment variable that stands in for `--archive`.
    static let environmentVariable = "CUBEVAULT_ARCHIVE"

    @Option(
        help: ArgumentHelp(
            "The archive's folder; CUBEVAULT_ARCHIVE where it is left out.", valueName: "dir"),
        completion: .directory)
    var archive: String?

    /// The archive's folder.
    ///
    /// - Throws: ``CommandLineError/noArchiveNamed``.
    var folder: String {
        get throws {
            let named = archive ?? ProcessInfo.processInfo.environment[Self.environmentVariable]
            guard let named, !named.isEmpty else { throw CommandLineError.noArchiveNamed }
            return named
        }
    }

    /// The archive, opened for reading.
    func open() throws -> Archive { try Archive(opening: folder) }

    /// The archive, opened for changing.
    func openWriter() throws -> ArchiveWriter { try ArchiveWriter(opening: folder) }
}
