import Foundation

/// The content of the marker file: an unmounted disk must not look like an empty archive.
public struct ArchiveMarker: Codable, Sendable, Equatable {
    /// The layout's version that this program writes and reads.
    public static let currentFormatVersion = 1

    /// Version of the archive's layout.
    public var formatVersion: Int
    /// The archive's identity, for ever.
    public var identity: UUID
    /// When the archive was made (UTC).
    public var createdAt: Date

    /// Reads and checks the marker of an archive.
    ///
    /// - Throws: ``ArchiveError/noArchive(folder:)`` or
    ///   ``ArchiveError/unreadableMarker(path:reason:)``.
    static func read(_ layout: ArchiveLayout) throws -> ArchiveMarker {
        guard FileManager.default.fileExists(atPath: layout.marker) else {
            throw ArchiveError.noArchive(folder: layout.folder)
        }
        let marker: ArchiveMarker
        do {
            let bytes = try Data(contentsOf: URL(filePath: layout.marker))
            marker = try JSONCoding.decoder.decode(ArchiveMarker.self, from: bytes)
        } catch {
            throw ArchiveError.unreadableMarker(path: layout.marker, reason: "\(error)")
        }
        guard marker.formatVersion == currentFormatVersion else {
            throw ArchiveError.unreadableMarker(
                path: layout.marker,
                reason: "its format version is \(marker.formatVersion), "
                    + "and this program knows \(currentFormatVersion)")
        }
        return marker
    }
}
