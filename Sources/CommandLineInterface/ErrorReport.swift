import Archive
import ArgumentParser
import Basics
import Foundation

/// An error as a command ends with it: a message and an exit status.
struct ErrorReport {
    /// The object that `--json` writes to standard error; its keys are part of the interface.
    private struct Body: Encodable {
        var error: String
        var exitStatus: Int32
    }

    /// What is wrong, for a person; empty where everything has been said.
    let message: String
    /// The process's exit status.
    let exitStatus: Int32

    /// Describes what a command of `root` threw.
    init(_ error: any Error, root: any ParsableCommand.Type) {
        switch error {
        case let error as any CubevaultError:
            message = error.description
            exitStatus = error.exitStatus.rawValue
        case let error as CocoaError:
            message = Self.sentence(about: error)
            exitStatus =
                error.isAboutMissingFile
                ? ExitStatus.notFound.rawValue : ExitStatus.failed.rawValue
        default:
            message = root.fullMessage(for: error).withoutPrefix("Error: ")
            exitStatus = Self.status(root.exitCode(for: error))
        }
    }

    /// Writes the message to standard error, or to standard output where it is the help that was
    /// asked for.
    ///
    /// - Parameter program: the program's name, which people see before the message.
    func write(asJSON: Bool, program: String) {
        if message.isEmpty { return }
        if exitStatus == ExitStatus.done.rawValue { return Console.write(message + "\n") }
        // Text of any kind can be JSON; should it fail all the same, it is said plainly.
        guard asJSON, let line = try? JSONCoding.line(Body(error: message, exitStatus: exitStatus))
        else { return Console.writeError("\(program): \(message)\n") }
        Console.writeError(line + "\n")
    }

    /// sysexits.h's EX_USAGE, which ArgumentParser uses, is 2 here.
    private static func status(_ code: ExitCode) -> Int32 {
        code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue
    }

    private static func sentence(about error: CocoaError) -> String {
        let reason =
            (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
            ?? error.localizedDescription
        return error.filePath.map { "\($0): \(reason)" } ?? reason
    }
}

extension CocoaError {
    fileprivate var isAboutMissingFile: Bool {
        code == .fileNoSuchFile || code == .fileReadNoSuchFile
    }
}

extension String {
    fileprivate func withoutPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
