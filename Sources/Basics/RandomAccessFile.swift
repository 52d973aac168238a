import Glibc

/// An open file that is read or written at byte offsets (pread, pwrite), from any thread.
///
/// Invariant: the descriptor is open for the object's whole life and closed by `deinit`.
public final class RandomAccessFile: Sendable {
    /// The path that the file was opened with, for messages.
    public let path: String
    private let descriptor: Int32

    /// Opens an existing file for reading.
    ///
    /// - Throws: ``BasicsError/fileOperationFailed(operation:path:errorNumber:)``.
    public init(readingFrom path: String) throws(BasicsError) {
        self.path = path
        descriptor = try Self.open(path, O_RDONLY | O_CLOEXEC, operation: "open")
    }

    /// Creates a file for reading and writing; an existing file of that name is emptied unless
    /// `exclusively`, when it is an error.
    ///
    /// - Throws: ``BasicsError/fileOperationFailed(operation:path:errorNumber:)``.
    public init(creating path: String, exclusively: Bool = false) throws(BasicsError) {
        self.path = path
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | (exclusively ? O_EXCL : O_TRUNC)
        descriptor = try Self.open(path, flags, operation: "create")
    }

    deinit { close(descriptor) }

    /// The file's present length.
    public func byteCount() throws(BasicsError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("examine") }
        return Int(status.st_size)
    }

    /// Reads until the buffer is full or the file ends; returns the number of bytes read.
    public func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(BasicsError) -> Int {
        var done = 0
        while done < buffer.count {
            let address = buffer.baseAddress! + done
            let count = pread(descriptor, address, buffer.count - done, offset + done)
            if count == 0 { break }
            if count < 0 && errno != EINTR { throw failure("read") }
            if count > 0 { done += count }
        }
        return done
    }

    /// Fills the whole buffer.
    ///
    /// - Throws: ``BasicsError/truncated(structure:neededByteCount:availableByteCount:)`` where the
    ///   file ends too early.
    public func readFully(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(BasicsError) {
        let count = try read(into: buffer, at: offset)
        if count < buffer.count {
            throw .truncated(
                structure: path, neededByteCount: offset + buffer.count,
                availableByteCount: offset + count)
        }
    }

    /// Exactly `byteCount` bytes from `offset`.
    public func bytes(at offset: Int, byteCount: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        try bytes.withUnsafeMutableBytes { try readFully(into: $0, at: offset) }
        return bytes
    }

    /// Writes all bytes at `offset`.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(BasicsError) {
        var done = 0
        while done < bytes.count {
            let address = bytes.baseAddress! + done
            let count = pwrite(descriptor, address, bytes.count - done, offset + done)
            if count < 0 && errno != EINTR { throw failure("write") }
            if count > 0 { done += count }
        }
    }

    /// Forces the contents to the disk.
    ///
    /// - Throws: ``BasicsError/syncFailed(path:errorNumber:)``, which nobody may retry.
    public func synchronize() throws(BasicsError) {
        guard fsync(descriptor) == 0 else { throw .syncFailed(path: path, errorNumber: errno) }
    }

    private func failure(_ operation: String) -> BasicsError {
        .fileOperationFailed(operation: operation, path: path, errorNumber: errno)
    }

    private static func open(
        _ path: String, _ flags: Int32, operation: String
    ) throws(BasicsError) -> Int32 {
        let descriptor = Glibc.open(path, flags, 0o644)
        guard descriptor >= 0 else {
            throw .fileOperationFailed(operation: operation, path: path, errorNumber: errno)
        }
        return descriptor
    }
}
