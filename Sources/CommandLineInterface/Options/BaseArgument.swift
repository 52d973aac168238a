import Archive
import ArgumentParser

/// The one base network that a command is about.
struct BaseArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Its version, 'current', 'candidate' or 'previous', FAMILY/NUMBER, or the first 4 or "
                + "more digits of its SHA-256.", valueName: "version"))
    var version: String

    /// The version that is meant.
    ///
    /// - Throws: ``Archive/ArchiveError`` where there is no such base network.
    func resolve(in archive: Archive) throws -> Int { try archive.resolveBase(version) }
}
