import ArgumentParser

/// `cubevaultd`: the daemon under the name that service managers know.
struct CubevaultDaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cubevaultd",
        abstract: "Watch an archive's ingest folder and keep the archive up to date.",
        discussion: "The same as 'cubevault daemon'.", version: ProgramVersion.current)

    @OptionGroup var daemon: DaemonOptions

    func run() async throws { try await daemon.run() }
}
