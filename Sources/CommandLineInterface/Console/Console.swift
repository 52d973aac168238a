import Glibc

/// The process's standard streams.
enum Console {
    /// Whether standard output is a terminal, so that a person reads it.
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether standard error is a terminal, so that a bar can be drawn there.
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal on standard output; nil where there is none, so nothing is cut.
    static var outputWidth: Int? { outputIsTerminal ? width(of: STDOUT_FILENO) : nil }

    /// Columns of the terminal on standard error; 80 where that is not known.
    static var errorWidth: Int { width(of: STDERR_FILENO) ?? 80 }

    /// Writes text to standard output at once.
    static func write(_ text: String) { put(text, STDOUT_FILENO) }

    /// Writes text to standard error at once.
    static func writeError(_ text: String) { put(text, STDERR_FILENO) }

    private static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Nobody can be told that a standard stream is closed, so a failed write ends the attempt.
    private static func put(_ text: String, _ descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
