import Basics
import Foundation

/// Files that a restore writes: each under a temporary name until all of it is there.
///
/// Invariant: a target name never holds a part of a file. An interrupted restore leaves only
/// `.part` files, which the next restore to the same place replaces.
final class OutputFiles {
    /// The files' names when they are complete, in the order they were added.
    private(set) var targets: [String] = []
    private let replaces: Bool

    init(replaces: Bool) { self.replaces = replaces }

    /// The temporary name to write a target under.
    ///
    /// - Throws: ``ArchiveError/outputExists(path:)`` unless existing files may be replaced.
    func add(_ target: String) throws -> String {
        if !replaces, FileManager.default.fileExists(atPath: target) {
            throw ArchiveError.outputExists(path: target)
        }
        let folder = (target as NSString).deletingLastPathComponent
        if !folder.isEmpty {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }
        targets.append(target)
        return Self.temporary(target)
    }

    /// The files written so far, under their temporary names, in the order they were added.
    var temporaries: [String] { targets.map(Self.temporary) }

    /// Syncs all files and gives them their names, which it returns in the order they were added.
    func commit() throws -> [String] {
        for target in targets {
            let temporary = Self.temporary(target)
            try FileOperations.real.synchronizeFile(RandomAccessFile(readingFrom: temporary))
            try FileOperations.real.rename(temporary, target)
        }
        return targets
    }

    /// Removes what was written so far, so that something else may be written.
    func discard() {
        for target in targets where FileManager.default.fileExists(atPath: Self.temporary(target)) {
            // A leftover .part file is harmless, and the error that led here matters more.
            try? FileManager.default.removeItem(atPath: Self.temporary(target))
        }
        targets = []
    }

    private static func temporary(_ target: String) -> String { target + ".part" }
}
