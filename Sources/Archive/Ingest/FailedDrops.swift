import Basics
import Foundation

/// The folder of drops that could not be archived.
///
/// Invariant: files are moved before their reason is written, so a crash in between leaves files
/// without a reason, which `retry` still takes.
public struct FailedDrops: Sendable {
    let layout: ArchiveLayout
    let now: @Sendable () -> Date

    /// The failed drops of one archive.
    public init(_ layout: ArchiveLayout, now: @escaping @Sendable () -> Date = { Date() }) {
        self.layout = layout
        self.now = now
    }

    /// Moves files of a failed drop into failed/ and writes why beside them, from the reserve where
    /// the disk is full.
    public func add(_ paths: [String], reason: String) throws {
        try DiskReserve(layout).giveUpWhereNeeded()
        var drop = FailedDrop(files: [], droppedAs: [], reason: reason, failedAt: now(), retry: "")
        for path in paths where FileManager.default.isPresent(path) {
            let relative = relativeToIngest(path)
            let name = freeName(for: relative.replacingOccurrences(of: "/", with: "__"))
            try FileManager.default.moveItem(atPath: path, toPath: layout.failed + "/" + name)
            drop.files.append(name)
            drop.droppedAs.append(relative)
        }
        guard let first = drop.files.first else { return }
        drop.retry = "cubevault retry '\(first)'"
        try DurableFile.write(
            Array(try JSONCoding.encoder.encode(drop)),
            to: layout.failed + "/" + first + FailedDrop.reasonSuffix)
    }

    /// All failed drops, oldest first.
    public func all() throws -> [FailedDrop] {
        try FileManager.default.contentsOfDirectory(atPath: layout.failed)
            .filter { $0.hasSuffix(FailedDrop.reasonSuffix) }
            .map { name in
                let bytes = try Data(contentsOf: URL(filePath: layout.failed + "/" + name))
                return try JSONCoding.decoder.decode(FailedDrop.self, from: bytes)
            }
            .sorted { $0.failedAt < $1.failedAt }
    }

    /// Moves a failed drop back into the watch folder, where it is taken again.
    ///
    /// - Parameter name: one of the drop's file names in failed/; nil for all failed drops.
    /// - Returns: the paths the files now have.
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where no failed drop has that name.
    public func retry(_ name: String?) throws -> [String] {
        let drops = try all().filter { drop in name.map { drop.files.contains($0) } ?? true }
        if let name, drops.isEmpty {
            throw ArchiveError.badArgument(reason: "no failed drop is called '\(name)'")
        }
        return try drops.flatMap(moveBack)
    }

    private func moveBack(_ drop: FailedDrop) throws -> [String] {
        let paths = try zip(drop.files, drop.droppedAs).map { name, relative in
            let target = layout.ingest + "/" + relative
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: layout.failed + "/" + name, toPath: target)
            return target
        }
        try FileManager.default.removeItem(
            atPath: layout.failed + "/" + drop.files[0] + FailedDrop.reasonSuffix)
        return paths
    }

    private func relativeToIngest(_ path: String) -> String {
        let prefix = layout.ingest + "/"
        return path.hasPrefix(prefix)
            ? String(path.dropFirst(prefix.count)) : (path as NSString).lastPathComponent
    }

    private func freeName(for name: String) -> String {
        var candidate = name
        var attempt = 1
        while FileManager.default.isPresent(layout.failed + "/" + candidate) {
            attempt += 1
            candidate = "\(attempt)-\(name)"
        }
        return candidate
    }
}

extension FileManager {
    /// Whether anything has that name, a dangling symbolic link included.
    func isPresent(_ path: String) -> Bool {
        // An error here only means that the name is no link.
        fileExists(atPath: path) || (try? destinationOfSymbolicLink(atPath: path)) != nil
    }
}
