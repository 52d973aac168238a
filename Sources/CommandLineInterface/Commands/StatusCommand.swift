import Archive
import ArgumentParser
import Basics
import Foundation

/// `cubevault status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the archive is doing.",
        discussion: """
            Examples:
              cubevault status
              cubevault status --watch           every second, until Ctrl-C
              cubevault status --json | jq .pendingLatentCount

            With --watch and --json there is one line of JSON per second.
            """)

    @Flag(help: "Show it anew every second, until Ctrl-C.")
    var watch = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try archive.open()
        if watch { return try watch(opened) }
        let status = try opened.status()
        try output.write(status) { StatusText.text(of: status, width: Console.outputWidth ?? 80) }
    }

    /// Ctrl-C is how a watch is meant to end, so it is no failure.
    private func watch(_ opened: Archive) throws {
        let signals = SignalWatch(notice: "")
        try withExtendedLifetime(signals) {
            while !signals.stop.isRequested {
                try show(opened.status())
                for _ in 0..<10 where !signals.stop.isRequested {
                    Thread.sleep(forTimeInterval: 0.1)
                }
            }
        }
    }

    private func show(_ status: ArchiveStatus) throws {
        if output.json { return Console.write(try JSONCoding.line(status) + "\n") }
        let text = StatusText.text(of: status, width: Console.outputWidth ?? 80)
        // Home, the text with every line cleared to its end, and everything below cleared.
        let redrawn =
            "\u{1B}[H" + text.replacingOccurrences(of: "\n", with: "\u{1B}[K\n") + "\u{1B}[J"
        Console.write(Console.outputIsTerminal ? redrawn : text + "\n")
    }
}
