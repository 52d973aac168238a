import ContainerFormats
import Foundation
import Glibc

/// A running cubevault-gdal and the two ends we hold: a socket that is its standard input and
/// output, and one that is its standard error.
///
/// Invariants: the process is reaped and both sockets are closed by `deinit` at the latest; nothing
/// here raises SIGPIPE or blocks for longer than the helper's timeout.
/// Not thread-safe: HelperSession's lock guards it.
final class HelperProcess {
    private let helper: GDALHelper
    /// The file that is worked on, for messages.
    private let filePath: String
    private let process: pid_t
    private let conversation: Int32
    private let complaints: Int32
    private var isReaped = false
    /// Bytes received but not yet used, from `start` on.
    private var pending: [UInt8] = []
    private var start = 0

    /// Starts the helper.
    init(_ helper: GDALHelper, filePath: String) throws {
        self.helper = helper
        self.filePath = filePath
        let (process, conversation, complaints) = try Self.spawn(helper, filePath)
        self.process = process
        self.conversation = conversation
        self.complaints = complaints
    }

    deinit {
        // Nothing of value is lost: a finished file is closed before the helper says so.
        if !isReaped {
            kill(process, SIGKILL)
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        }
        close(conversation)
        close(complaints)
    }

    /// The helper's first line.
    func greet() throws -> HelperGreeting {
        let greeting = try receive(HelperGreeting.self)
        guard greeting.protocolVersion == HelperGreeting.protocolVersion else {
            throw failure("it speaks protocol \(greeting.protocolVersion), not ours; update it")
        }
        return greeting
    }

    /// Says one request, and the raw bytes that belong to it.
    func send(_ request: HelperRequest, raw: UnsafeRawBufferPointer?) throws {
        let line: [UInt8]
        do {
            line = try HelperCoding.line(request)
        } catch {
            throw failure("the request cannot be put into words (\(error))")
        }
        var buffer = line[...]
        while !buffer.isEmpty {
            let count = try buffer.withUnsafeBytes { bytes in
                try send(bytes)
            }
            buffer = buffer.dropFirst(count)
        }
        guard var rest = raw else { return }
        while !rest.isEmpty {
            let count = try send(rest)
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// The next line as a message.
    func receive<Message: Decodable>(_ type: Message.Type) throws -> Message {
        let line = try receiveLine()
        do {
            return try HelperCoding.message(type, from: line)
        } catch {
            let beginning = String(decoding: line.prefix(60), as: UTF8.self)
            throw failure("it answered nonsense ('\(beginning)')")
        }
    }

    /// Fills the buffer with raw bytes.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws {
        var done = min(buffer.count, pending.count - start)
        buffer.copyBytes(from: pending[start..<start + done])
        start += done
        while done < buffer.count {
            done += try receiveSome(UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
        }
    }

    /// An error about this helper and file.
    func failure(_ reason: String) -> ContainerError {
        .helperFailed(helper: helper.path, path: filePath, reason: reason)
    }

    private func receiveLine() throws -> ArraySlice<UInt8> {
        var searched = start
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return pending[start..<end]
            }
            guard pending.count - start <= HelperCoding.longestLineByteCount else {
                throw failure("it answered nonsense (a line without end)")
            }
            pending.removeFirst(start)
            start = 0
            searched = pending.count
            let count = try piece.withUnsafeMutableBytes { bytes in
                try receiveSome(bytes)
            }
            pending += piece[..<count]
        }
    }

    /// Receives at least one byte.
    private func receiveSome(
        _ buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        while true {
            try wait(for: POLLIN)
            let flags = Int32(MSG_DONTWAIT)
            let count = recv(conversation, buffer.baseAddress, buffer.count, flags)
            if count > 0 { return count }
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            throw failure(ending())
        }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        while true {
            try wait(for: POLLOUT)
            let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
            let count = Glibc.send(conversation, bytes.baseAddress, bytes.count, flags)
            if count > 0 { return count }
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            throw failure(ending())
        }
    }

    private func wait(for event: Int32) throws {
        var request = pollfd(fd: conversation, events: Int16(event), revents: 0)
        let milliseconds = Int32(clamping: Int(helper.timeoutSeconds * 1_000))
        while true {
            let ready = poll(&request, 1, milliseconds)
            if ready > 0 { return }
            if ready < 0 && errno == EINTR { continue }
            throw failure("it said nothing for \(helper.timeoutSeconds) s and was ended")
        }
    }

    /// How the helper ended, after its socket closed; it has a second to do so by itself.
    private func ending() -> String {
        var status: Int32 = 0
        for _ in 0..<100 {
            let waited = waitpid(process, &status, WNOHANG)
            if waited == process || (waited < 0 && errno == ECHILD) {
                isReaped = true
                break
            }
            usleep(10_000)
        }
        guard isReaped else { return "it closed the conversation without ending" }
        var text = [UInt8](repeating: 0, count: 2_000)
        let count = max(0, recv(complaints, &text, text.count, Int32(MSG_DONTWAIT)))
        let complaint = String(decoding: text[..<count], as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let signal = status & 0x7F
        let end =
            signal != 0
            ? "it crashed (\(String(cString: strsignal(signal))))"
            : "it ended with status \((status >> 8) & 0xFF)"
        return complaint.isEmpty ? end : "\(end): \(complaint)"
    }
}
