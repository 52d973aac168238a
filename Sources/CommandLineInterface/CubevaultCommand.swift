import ArgumentParser

/// `cubevault`: the root of all verbs.
struct CubevaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cubevault",
        abstract: "An archive and catalog for hyperspectral image cubes.",
        discussion: """
            Every cube is kept exactly and, once a base network is trained, as a latent of a few \
            bytes that can be previewed and decoded at once.

            Begin with:
              cubevault init /data/vault
              export CUBEVAULT_ARCHIVE=/data/vault
              cubevault ingest scenes/
              cubevault search --wavelength 400..1000
              cubevault restore 3f2a91 -o restored/

            Every verb takes --json: one object or array on standard output, nothing else there; \
            a key without a value is left out. Exit status: 0 done, 1 failed, 2 usage, \
            3 not found, 4 damaged data found, 130 interrupted. Interrupting is always safe; \
            repeat the command to go on.
            """,
        version: ProgramVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Putting in:",
                subcommands: [
                    InitCommand.self, InspectCommand.self, IngestCommand.self, DaemonCommand.self,
                    FailedCommand.self, RetryCommand.self,
                ]),
            CommandGroup(
                name: "Finding and getting out:",
                subcommands: [
                    SearchCommand.self, ShowCommand.self, QuicklookCommand.self,
                    RestoreCommand.self, TagCommand.self,
                ]),
            CommandGroup(
                name: "Exchanging:",
                subcommands: [ExportStandardCommand.self, ImportStandardCommand.self]),
            CommandGroup(
                name: "Looking after:",
                subcommands: [
                    BaseCommand.self, StatusCommand.self, HistoryCommand.self, CheckCommand.self,
                    CollectCommand.self,
                ]),
            CommandGroup(
                name: "Trying out:", subcommands: [DemoCommand.self, GenerateCommand.self]),
        ])
}
