import Archive
import ArgumentParser
import Foundation

/// `cubevault init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new archive in a new or empty folder.",
        discussion: """
            Example:
              cubevault init /data/vault
              export CUBEVAULT_ARCHIVE=/data/vault

            The folder then holds the catalog, the blobs, the settings (cubevault.toml, every one \
            with its default and a comment), and ingest/, where cubes can be dropped for the \
            daemon.
            """)

    /// What `--json` writes; its keys are part of the interface.
    private struct Report: Encodable {
        var folder: String
        var identity: String
        var ingestFolder: String
        var settingsFile: String
    }

    @Argument(help: "The folder; it must be new or empty.", completion: .directory)
    var folder: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        try Archive.create(at: folder)
        let archive = try Archive(opening: folder)
        let layout = archive.layout
        let report = Report(
            folder: layout.folder, identity: archive.marker.identity.uuidString.lowercased(),
            ingestFolder: layout.ingest, settingsFile: layout.settings)
        try output.write(report) {
            """
            made the archive \(layout.folder)
            settings:  \(layout.settings)
            drop here: \(layout.ingest)

            export \(ArchiveOptions.environmentVariable)=\(layout.folder)

            """
        }
    }
}
