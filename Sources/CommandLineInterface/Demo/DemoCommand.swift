import Archive
import ArgumentParser
import Foundation

/// `cubevault demo`: the main job on an embedded example.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the main job on generated scenes: drop, catalog, restore by ID, rotate.",
        discussion: """
            Makes FOLDER, which must not exist, generates scenes of two sensors in it, and runs \
            the real commands on them, each shown as you would type it. Takes about two minutes \
            and needs no data.

            Example:
              cubevault demo /var/tmp/cubevault-demo
            """)

    @Argument(help: "Folder to make; it must not exist.", completion: .directory)
    var folder: String

    @Flag(help: "Remove the folder of an earlier demo first.")
    var again = false

    func run() throws {
        let files = FileManager.default
        if again, DemoStage.isEarlierDemo(folder) { try files.removeItem(atPath: folder) }
        guard !files.fileExists(atPath: folder) else {
            throw ValidationError(
                "\(folder) exists; name another folder, or pass --again if it is an earlier demo")
        }
        try Demo(stage: DemoStage(folder: folder)).run()
    }
}
