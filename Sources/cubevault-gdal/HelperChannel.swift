import Basics
import ContainerFormats
import Glibc

/// The helper's end of the conversation.
///
/// Standard output is moved out of the way of libraries that print: whatever they say goes to
/// standard error instead.
final class HelperChannel {
    private let output: Int32
    /// Bytes read from standard input but not yet used, from `start` on.
    private var pending: [UInt8] = []
    private var start = 0

    /// Takes over standard input and output.
    init() throws {
        output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        guard output >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            throw Self.failure("take over", "standard output")
        }
    }

    /// The next line without its line feed; nil where the conversation is over.
    func readLine() throws -> [UInt8]? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return Array(pending[start..<end])
            }
            searched = pending.count
            guard pending.count - start <= HelperCoding.longestLineByteCount else {
                throw BasicsError.malformed(structure: "the request", reason: "a line is too long")
            }
            let consumed = start
            guard try fill() else { return nil }
            searched -= consumed
        }
    }

    /// Fills the buffer with the raw bytes behind a line.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws {
        var done = min(buffer.count, pending.count - start)
        buffer.copyBytes(from: pending[start..<start + done])
        start += done
        while done < buffer.count {
            let count = Glibc.read(STDIN_FILENO, buffer.baseAddress! + done, buffer.count - done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw BasicsError.truncated(
                    structure: "the samples", neededByteCount: buffer.count,
                    availableByteCount: done)
            }
            done += count
        }
    }

    /// Says one line.
    func say(_ message: some Encodable) throws { try write(try HelperCoding.line(message)) }

    /// Writes raw bytes.
    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { raw in
            var done = 0
            while done < raw.count {
                let count = Glibc.write(output, raw.baseAddress! + done, raw.count - done)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw Self.failure("write to", "standard output") }
                done += count
            }
        }
    }

    /// Reads what there is; false at the end of the input.
    private func fill() throws -> Bool {
        pending.removeFirst(start)
        start = 0
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(STDIN_FILENO, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure("read from", "standard input") }
            pending += piece[..<count]
            return count > 0
        }
    }

    private static func failure(_ operation: String, _ path: String) -> BasicsError {
        .fileOperationFailed(operation: operation, path: path, errorNumber: errno)
    }
}
