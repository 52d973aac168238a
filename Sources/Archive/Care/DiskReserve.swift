import Basics
import Foundation
import Glibc

/// A file that holds space back, so that the catalog can still commit, and a collection free space,
/// when the disk is full. It is given up then and made again afterwards.
public struct DiskReserve: Sendable {
    /// Free space below which the reserve is needed: what a few commits take.
    private static let scarceByteCount = 4 << 20
    private let path: String

    /// The reserve of one archive.
    public init(_ layout: ArchiveLayout) { path = layout.reserve }

    /// Bytes held back now.
    public var byteCount: Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Removes the reserve where next to nothing is free beside it.
    ///
    /// - Returns: whether that made room.
    @discardableResult
    func giveUpWhereNeeded() throws -> Bool {
        guard byteCount > 0, try freeByteCount() < Self.scarceByteCount else { return false }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw BasicsError.fileOperationFailed(
                operation: "remove", path: path, errorNumber: errno)
        }
        return true
    }

    /// Makes the reserve unless it is there or would take half of what is free.
    ///
    /// - Returns: whether it is there afterwards.
    @discardableResult
    public func restore(byteCount wanted: Int) throws -> Bool {
        if byteCount == wanted { return true }
        if wanted == 0 {
            unlink(path)
            return true
        }
        guard try freeByteCount() >= 2 * wanted else { return false }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw BasicsError.fileOperationFailed(
                operation: "create", path: path, errorNumber: errno)
        }
        defer { close(descriptor) }
        let failure = posix_fallocate(descriptor, 0, off_t(wanted))
        if failure != 0 { unlink(path) }
        return failure == 0
    }

    private func freeByteCount() throws -> Int {
        var status = statvfs()
        let folder = (path as NSString).deletingLastPathComponent
        guard statvfs(folder, &status) == 0 else {
            // A folder that is missing is made by the opening writer.
            if errno == ENOENT { return .max }
            throw BasicsError.fileOperationFailed(
                operation: "examine", path: folder, errorNumber: errno)
        }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}
