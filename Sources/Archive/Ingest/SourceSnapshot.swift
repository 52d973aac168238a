import Basics
import CubeFiles
import Foundation
import Glibc

/// The source files of a cube as they were when their digests were taken.
///
/// A source that changes afterwards is noticed by ``checkUnchanged()`` before anything is
/// acknowledged.
struct SourceSnapshot {
    /// One source file and its state.
    struct File {
        let role: CubeFileRole
        let path: String
        let byteCount: Int
        let modifiedAt: Date
        let digest: SHA256Digest
        fileprivate let stamp: Stamp
    }

    /// What changes when a file is written or replaced.
    fileprivate struct Stamp: Equatable {
        let device: UInt
        let inode: UInt
        let byteCount: Int
        let seconds: Int
        let nanoseconds: Int

        init(_ path: String) throws {
            var status = stat()
            guard stat(path, &status) == 0 else {
                throw BasicsError.fileOperationFailed(
                    operation: "examine", path: path, errorNumber: errno)
            }
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            byteCount = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    let files: [File]

    /// Takes the digests of all files of a set.
    init(_ set: CubeFileSet, stop: StopToken) throws {
        files = try set.files.map { file in
            let stamp = try Stamp(file.path)
            let digest = try SHA256Hasher.digest(ofFile: file.path, stop: stop)
            return File(
                role: file.role, path: file.path, byteCount: stamp.byteCount,
                modifiedAt: Date(timeIntervalSince1970: Double(stamp.seconds)), digest: digest,
                stamp: stamp)
        }
        try checkUnchanged()
    }

    /// Bytes of all files.
    var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

    /// Requires every file to be what it was.
    ///
    /// - Throws: ``ArchiveError/sourceChanged(path:)``.
    func checkUnchanged() throws {
        for file in files where try Stamp(file.path) != file.stamp {
            throw ArchiveError.sourceChanged(path: file.path)
        }
    }
}
