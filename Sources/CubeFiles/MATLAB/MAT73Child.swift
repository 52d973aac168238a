import CMatReader
import Glibc

/// A child process that reads one v7.3 file for us (see CMatReader.h), and the pipe from it.
///
/// Invariant: the process is killed and reaped, and the pipe closed, by `deinit` at the latest.
/// Not thread-safe: one child serves one call.
final class MAT73Child {
    private let child: CMatChild
    private let path: String
    /// A child that is silent for so long is taken to hang.
    private static let timeoutMilliseconds: Int32 = 120_000

    /// A child that lists the file's variables.
    init(listing path: String) throws {
        self.path = path
        var child = CMatChild()
        try Self.check(cmat_start_listing(path, &child), path)
        self.child = child
    }

    /// A child that reads slabs of one variable.
    init(
        reading path: String, variable: MATLABVariable, slabs: [MATLABSlab], valueByteCount: Int
    ) throws {
        self.path = path
        var child = CMatChild()
        let status = cmat_start_reading(
            path, variable.name, Int32(variable.dimensions.count), slabs.count,
            slabs.flatMap { $0.start.map { Int32($0) } },
            slabs.flatMap { $0.edge.map { Int32($0) } },
            slabs.map { $0.valueCount * valueByteCount }, &child)
        try Self.check(status, path)
        self.child = child
    }

    deinit {
        close(child.descriptor)
        kill(child.process, SIGKILL)
        var status: Int32 = 0
        while waitpid(child.process, &status, 0) < 0 && errno == EINTR {}
    }

    /// The next 4-byte word, little-endian as this machine has it.
    func readWord() throws -> UInt32 {
        var word: UInt32 = 0
        try withUnsafeMutableBytes(of: &word) { try read(into: $0) }
        return word
    }

    /// Fills the buffer from the pipe.
    ///
    /// - Throws: ``ContainerError/unreadable(path:reason:)`` where the child crashed or hangs.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws {
        var done = 0
        while done < buffer.count {
            var request = pollfd(fd: child.descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, Self.timeoutMilliseconds)
            if ready < 0 && errno == EINTR { continue }
            guard ready > 0 else { throw unreadable("HDF5 hangs on it") }
            let count = Glibc.read(
                child.descriptor, buffer.baseAddress! + done, buffer.count - done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw unreadable("HDF5 crashed on it, so it is damaged") }
            done += count
        }
    }

    private func unreadable(_ reason: String) -> ContainerError {
        .unreadable(path: path, reason: reason)
    }

    private static func check(_ status: Int32, _ path: String) throws {
        guard status == 0 else {
            throw ContainerError.unreadable(
                path: path,
                reason: "no process can be started for it (\(String(cString: strerror(status))))")
        }
    }
}
