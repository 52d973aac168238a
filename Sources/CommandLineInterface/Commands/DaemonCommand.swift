import ArgumentParser

/// `cubevault daemon`.
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Watch the archive's ingest folder and keep the archive up to date.",
        discussion: """
            Cubes dropped into DIR/ingest are archived once they are complete, and then removed \
            from there; what cannot be archived moves to DIR/failed beside the reason ('cubevault \
            failed' lists it). When enough cubes have come, the first base network is trained.

            Examples:
              cubevault daemon --archive /data/vault
              cubevault daemon --once            take what lies there now, and end

            The daemon is the one process that writes. Meanwhile all commands that read work as \
            always, and 'base train', 'base rotate', 'base rollback', 'base import' and 'tag' are \
            handed to it.
            """)

    @OptionGroup var daemon: DaemonOptions

    func run() async throws { try await daemon.run() }
}
