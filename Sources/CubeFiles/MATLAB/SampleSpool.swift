import Glibc

/// A cube's unpacked samples: private memory where they are few, otherwise a mapped temporary file
/// without a name, so that the kernel may move them to disk and they vanish with the process.
///
/// The file's blocks are allocated before it is mapped, so that a full disk is an error here and
/// never a SIGBUS later.
final class SampleSpool: @unchecked Sendable {
    // Safe to share: whoever fills `bytes` does so before handing the object to anybody else.

    /// The samples; zero at first.
    let bytes: UnsafeMutableRawBufferPointer

    /// More than this goes to a file.
    private static let mostMemoryByteCount = 64 << 20

    /// Room for so many bytes.
    ///
    /// - Throws: ``ContainerError/temporaryStorageFailed(folder:byteCount:reason:)``.
    init(byteCount: Int) throws(ContainerError) {
        let isFile = byteCount > Self.mostMemoryByteCount
        let descriptor = isFile ? try Self.temporaryFile(byteCount: byteCount) : -1
        defer { if isFile { close(descriptor) } }
        let flags = isFile ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS
        let address = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, descriptor, 0)
        guard let address, address != MAP_FAILED else {
            throw Self.failure(byteCount, errno)
        }
        bytes = UnsafeMutableRawBufferPointer(start: address, count: byteCount)
    }

    deinit { munmap(bytes.baseAddress, bytes.count) }

    /// TMPDIR, or the place for large temporary files, which /tmp often is not.
    private static var folder: String {
        guard let folder = getenv("TMPDIR"), folder.pointee != 0 else { return "/var/tmp" }
        return String(cString: folder)
    }

    private static func temporaryFile(byteCount: Int) throws(ContainerError) -> Int32 {
        let name = folder + "/cubevault-" + String(UInt64.random(in: .min ... .max), radix: 16)
        let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(byteCount, errno) }
        unlink(name)
        let status = posix_fallocate(descriptor, 0, off_t(byteCount))
        guard status == 0 else {
            close(descriptor)
            throw failure(byteCount, status)
        }
        return descriptor
    }

    private static func failure(_ byteCount: Int, _ errorNumber: Int32) -> ContainerError {
        .temporaryStorageFailed(
            folder: folder, byteCount: byteCount,
            reason: String(cString: strerror(errorNumber)))
    }
}
