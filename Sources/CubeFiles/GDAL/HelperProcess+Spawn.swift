import Foundation
import Glibc

/// Starting the helper.
extension HelperProcess {
    /// Runs the program with a socket as standard input and output and another as standard error.
    ///
    /// Both are closed on exec, so no other child of ours holds them open. The second never blocks
    /// the helper: what nobody reads is dropped. The helper gets a process group of its own, so
    /// that an interrupt at the terminal reaches us alone and we decide; it ends by itself when our
    /// end of the conversation is closed, whatever becomes of us.
    ///
    /// A program that somebody still holds open for writing cannot be started (ETXTBSY): one that
    /// is being installed, or was copied by a process whose other thread has just forked. That
    /// passes in a moment, so we wait for it, two seconds at most.
    static func spawn(
        _ helper: GDALHelper, _ filePath: String
    ) throws -> (process: pid_t, conversation: Int32, complaints: Int32) {
        func failure(_ errorNumber: Int32) -> ContainerError {
            .helperFailed(
                helper: helper.path, path: filePath,
                reason: "it cannot be started (\(String(cString: strerror(errorNumber))))")
        }
        var conversation: [Int32] = [-1, -1]
        var complaints: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &conversation) == 0 else { throw failure(errno) }
        defer { close(conversation[1]) }
        let quietKind = kind | Int32(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, quietKind, 0, &complaints) == 0 else {
            close(conversation[0])
            throw failure(errno)
        }
        defer { close(complaints[1]) }
        var process: pid_t = 0
        var status: Int32
        var attemptCount = 0
        repeat {
            if attemptCount > 0 { usleep(20_000) }
            status = start(
                helper.path, conversation: conversation[1], complaints: complaints[1], &process)
            attemptCount += 1
        } while status == ETXTBSY && attemptCount < 100
        guard status == 0 else {
            close(conversation[0])
            close(complaints[0])
            throw failure(status)
        }
        return (process, conversation[0], complaints[0])
    }

    private static func start(
        _ path: String, conversation: Int32, complaints: Int32, _ process: inout pid_t
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, conversation, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, conversation, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that we block or ignore would be blocked or ignored there too.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
        var environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") }
        environment.append(nil)
        defer { (arguments + environment).forEach { free($0) } }
        return posix_spawn(&process, path, &actions, &attributes, &arguments, &environment)
    }
}
