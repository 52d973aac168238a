import Archive
import ArgumentParser
import Catalog
import Foundation

/// `cubevault gc`.
struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc", abstract: "Delete what nothing refers to; by default only list it.",
        discussion: """
            Listed are blobs that no cube needs, base networks that no cube is decoded with and no \
            rollback returns to, and encodings that were replaced longer ago than a rollback goes \
            back. With --delete, what is found is marked, and what has been marked for the time of \
            grace (cubevault.toml, [deletion]) is deleted. It works on a full disk, where space \
            is kept back for it.

            Examples:
              cubevault gc                       what would be deleted, and when
              cubevault gc --delete
              cubevault gc --delete --grace 0    mark and delete at once
            """)

    @Flag(help: "Mark what is found and delete what is due.")
    var delete = false

    @Flag(help: "Only list what would be deleted, as is done without any option.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Days that something must have been marked; the setting where left out.",
            valueName: "days"))
    var grace: Double?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let grace, !(grace >= 0 && grace.isFinite) {
            throw ValidationError("--grace must be a number of days")
        }
        if delete, dryRun { throw ValidationError("--delete and --dry-run exclude one another") }
    }

    func run() throws {
        let report =
            delete
            ? try WriterTask(archive: archive, output: output).perform(
                .collect(graceDays: grace), as: CollectionReport.self,
                advice: "what was deleted was needed by nothing; 'cubevault gc --delete' goes on")
            : try archive.open().collectible(graceDays: grace)
        try output.write(report) { text(report) }
    }

    private func text(_ report: CollectionReport) -> String {
        if report.items.isEmpty { return "nothing to collect\n" }
        var table = OutputTable([
            .init(title: "KIND"), .init(title: "NAME", isFlexible: true),
            .init(title: "BYTES", isNumeric: true), .init(title: "MARKED"), .init(title: "DUE"),
        ])
        for item in report.items {
            table.add([
                item.kind.rawValue, item.name, ByteCountFormat.text(item.byteCount),
                item.markedAt.map(FigureFormat.time) ?? "not yet",
                item.isDue ? (report.isDryRun ? "now" : "deleted") : FigureFormat.time(item.dueAt),
            ])
        }
        let due = report.items.filter(\.isDue).count
        return table.text(width: Console.outputWidth) + "\n"
            + FigureFormat.count(report.items.count, "thing") + " that nothing refers to; "
            + (report.isDryRun ? "\(due) would be deleted" : "\(due) deleted")
            + " (\(ByteCountFormat.text(report.dueByteCount)))\n"
    }
}
