import Archive
import ArgumentParser
import Basics
import Catalog
import Foundation

/// `cubevault history`.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what happened to a cube, a base network or the whole archive.",
        discussion: """
            The latest comes first. A base network is named by its version, 'current', \
            'candidate', 'previous', FAMILY/NUMBER or the first digits of its SHA-256; anything \
            else is a cube. Without a name it is the whole archive's history.

            Examples:
              cubevault history 3f2a91
              cubevault history current --since 2026-01
              cubevault history --limit 20 --json
            """)

    @Argument(
        help: ArgumentHelp(
            "A cube's ID or name, or a base network; everything where it is left out.",
            valueName: "id|version"))
    var name: String?

    @Option(help: ArgumentHelp("The latest so many events.", valueName: "n"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "Events at or after this time (UTC), such as 2026-01 or 2026-01-31T12:00.",
            valueName: "time"))
    var since: SearchTime?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() throws {
        let events = try archive.open().history(of: name, since: since?.first, limit: limit)
        try output.write(events) {
            events.isEmpty
                ? "nothing happened\n"
                : HistoryTable.text(of: events, namesObjects: name == nil)
        }
    }
}
