import Foundation
import Glibc

/// A run of the built program that has been started.
///
/// Its output goes to files, so that it never waits for a reader.
final class Program {
    /// The program under test lies beside the tests' own executable.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "cubevault").path

    private let process: pid_t
    private let outputPath: String
    private let errorPath: String
    private var status: Int32?

    /// Starts the program with its standard streams in files of `folder`.
    ///
    /// - Parameters:
    ///   - archive: what CUBEVAULT_ARCHIVE names; nil leaves it unset.
    ///   - executable: another program to run.
    init(
        _ arguments: [String], archive: String?, folder: String,
        executable: String = Program.path
    ) throws {
        let stem = folder + "/run-" + UUID().uuidString
        outputPath = stem + ".out"
        errorPath = stem + ".err"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, flags, 0o644)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        process = try Self.spawn(
            [executable] + arguments, Self.environment(archive), &actions, &attributes)
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    /// Sends a signal to the program.
    func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for the end and returns everything that was said.
    func finish() throws -> ProgramResult {
        if status == nil {
            var raw: Int32 = 0
            while waitpid(process, &raw, 0) < 0 && errno == EINTR {}
            // The low seven bits are the signal that ended the process; shells add 128 to it.
            let signal = raw & 0x7F
            status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
        }
        return ProgramResult(
            status: status ?? -1, output: try Self.text(outputPath),
            errors: try Self.text(errorPath))
    }

    /// Waits until standard error contains a text; false where the program ended without it or
    /// said nothing of the kind within a minute.
    func waitForError(containing text: String) throws -> Bool {
        try wait { try Self.text(errorPath).contains(text) }
    }

    /// Waits until standard output has so many lines; false as for ``waitForError(containing:)``.
    func waitForOutput(lineCount: Int) throws -> Bool {
        try wait { try Self.text(outputPath).split(separator: "\n").count >= lineCount }
    }

    private func wait(until isTrue: () throws -> Bool) throws -> Bool {
        let deadline = Date().addingTimeInterval(60)
        while Date() < deadline {
            let isLastLook = hasEnded
            if try isTrue() { return true }
            if isLastLook { return false }
            usleep(2_000)
        }
        return false
    }

    private var hasEnded: Bool {
        var information = siginfo_t()
        let examined = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        return examined == 0 && information.si_signo == SIGCHLD
    }

    private static func environment(_ archive: String?) -> [String] {
        var environment = ProcessInfo.processInfo.environment
        environment["CUBEVAULT_ARCHIVE"] = archive
        return environment.map { "\($0.key)=\($0.value)" }
    }

    private static func spawn(
        _ arguments: [String], _ environment: [String],
        _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
    ) throws -> pid_t {
        var argumentPointers = arguments.map { strdup($0) } + [nil]
        var environmentPointers = environment.map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var process = pid_t()
        let failure = posix_spawn(
            &process, arguments[0], &actions, &attributes, &argumentPointers,
            &environmentPointers)
        guard failure == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL)
        }
        return process
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
