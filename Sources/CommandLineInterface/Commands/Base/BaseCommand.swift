import ArgumentParser

/// `cubevault base`.
struct BaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "base", abstract: "The base networks that the latents are decoded with.",
        discussion: """
            A base network is learned from the archive's own cubes ('train'), becomes current and \
            gives every cube a latent ('rotate'), and can be taken back ('rollback'). A cube whose \
            new latent would be worse keeps its old one; exact samples are never touched.

            Examples:
              cubevault base train --time-limit 600
              cubevault base rotate
              cubevault base list
              cubevault base rollback
            """,
        subcommands: [
            BaseListCommand.self, BaseShowCommand.self, BaseTrainCommand.self,
            BaseRotateCommand.self, BaseRollbackCommand.self, BaseCompareCommand.self,
            BaseExportCommand.self, BaseImportCommand.self, BaseCountCommand.self,
        ])
}
