import Archive
import ArgumentParser
import Foundation

/// How a command says what it did.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write one JSON object or array to standard output, for scripts.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    /// Writes a result: as JSON, or as text for people.
    func write(_ value: some Encodable, people: () throws -> String) throws {
        Console.write(try json ? Self.json(value) : people())
    }

    /// Writes text for people; nothing with `--json`.
    func say(_ text: String) {
        if !json { Console.write(text) }
    }

    /// Where a command's progress goes.
    func makeProgress() -> ConsoleProgress {
        ConsoleProgress(quiet ? .none : !json && Console.errorIsTerminal ? .bar : .lines)
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONCoding.encoder.encode(value), as: UTF8.self) + "\n"
    }
}
