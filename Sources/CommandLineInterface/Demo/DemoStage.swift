import Archive
import Foundation

/// The folders of a demo, and the commands it runs there, shown as a user would type them.
struct DemoStage {
    private static let markerName = ".cubevault-demo"

    /// The demo's folder.
    let folder: String
    private let program: URL

    /// Makes the demo's folder.
    init(folder: String) throws {
        self.folder = URL(filePath: folder).path
        program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: folder + "/" + Self.markerName))
    }

    /// Whether a folder was made by a demo, so that the next one may remove it.
    static func isEarlierDemo(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + markerName)
    }

    /// The archive of the demo.
    var archive: String { folder + "/archive" }
    /// Scenes as an instrument would leave them.
    var scenes: String { folder + "/scenes" }
    /// What is restored.
    var restored: String { folder + "/restored" }

    /// Announces a step.
    func title(_ text: String) { Console.write("\n== \(text)\n") }

    /// Shows a command and runs it to its end, its output going to the terminal.
    ///
    /// - Throws: ``CommandLineError/demoStepFailed(command:status:)``.
    func run(_ arguments: String...) throws {
        show(arguments)
        let process = try start(program, arguments)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandLineError.demoStepFailed(
                command: arguments.joined(separator: " "), status: process.terminationStatus)
        }
    }

    /// Shows and starts the daemon on the demo's watch folder.
    func startDaemon() throws -> Process {
        Console.write("$ cubevaultd --archive \(archive) &\n")
        let daemon = program.deletingLastPathComponent().appending(path: "cubevaultd")
        return try start(daemon, ["--log-level", "error"])
    }

    private func show(_ arguments: [String]) {
        let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }
        Console.write("$ cubevault " + words.joined(separator: " ") + "\n")
    }

    private func start(_ executable: URL, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment[ArchiveOptions.environmentVariable] = archive
        process.environment = environment
        try process.run()
        return process
    }
}
