import ArgumentParser
import Daemon
import Logging

/// How the daemon runs; `cubevault daemon` and `cubevaultd` share it.
struct DaemonOptions: ParsableArguments {
    @OptionGroup var archive: ArchiveOptions

    @Flag(help: "Take what lies in the ingest folder, bring the archive up to date, and end.")
    var once = false

    @Option(
        help: "What is worth a line on standard error: trace, debug, info, warning or error.",
        transform: Self.logLevel)
    var logLevel = Logger.Level.info

    /// Runs the daemon until SIGTERM or SIGINT.
    func run() async throws {
        try await Daemon.DaemonCommand(
            archiveFolder: archive.folder, once: once, logLevel: logLevel
        ).run()
    }

    private static func logLevel(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("'\(text)' is not a log level")
        }
        return level
    }
}
