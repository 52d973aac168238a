import Archive
import ArgumentParser

/// `cubevault failed`.
struct FailedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failed", abstract: "List the drops that could not be archived, and why.",
        discussion: """
            They lie in DIR/failed, each beside a JSON file with the reason. Mend or complete \
            them there, then 'cubevault retry NAME'.
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let drops = try FailedDrops(archive.open().layout).all()
        try output.write(drops) {
            if drops.isEmpty { return "no failed drops\n" }
            var table = OutputTable([
                .init(title: "FAILED AT"), .init(title: "NAME"), .init(title: "REASON"),
            ])
            for drop in drops {
                table.add([
                    FigureFormat.time(drop.failedAt), drop.files.joined(separator: ", "),
                    drop.reason,
                ])
            }
            return table.text(width: nil)
        }
    }
}
