import ArgumentParser
import Basics
import Glibc

/// The two programs, which differ only in the command that they begin with.
public enum CommandLineProgram: Sendable {
    /// Every verb.
    case cubevault
    /// `cubevault daemon` under the name that service managers know.
    case cubevaultd

    /// Parses the process's arguments, does what they say and ends the process with the exit
    /// status that is part of the interface.
    public func run() async -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try root.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch {
            let report = ErrorReport(error, root: root)
            report.write(
                asJSON: Self.wantsJSON(arguments),
                program: root.configuration.commandName ?? "cubevault")
            exit(report.exitStatus)
        }
    }

    private var root: any ParsableCommand.Type {
        switch self {
        case .cubevault: CubevaultCommand.self
        case .cubevaultd: CubevaultDaemonCommand.self
        }
    }

    /// Whether errors are wanted as JSON too, even where the arguments could not be parsed.
    private static func wantsJSON(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }
}
