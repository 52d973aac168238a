import Foundation

/// The paths inside one archive folder.
public struct ArchiveLayout: Sendable, Hashable {
    /// Name of the file that says "this folder is an archive".
    public static let markerName = "CUBEVAULT"

    /// The archive folder, absolute, without a trailing slash.
    public let folder: String

    /// The paths of the archive in `folder`, which need not exist.
    public init(folder: String) {
        let absolute = URL(filePath: folder).standardizedFileURL.path
        self.folder =
            absolute.count > 1 && absolute.hasSuffix("/")
            ? String(absolute.dropLast()) : absolute
    }

    /// The marker file: JSON with the format's version and the archive's identity.
    public var marker: String { folder + "/" + Self.markerName }
    /// The SQLite catalog.
    public var catalog: String { folder + "/catalog.sqlite" }
    /// Everything large, named by its content.
    public var blobs: String { folder + "/blobs" }
    /// Where users drop cubes.
    public var ingest: String { folder + "/ingest" }
    /// Where drops go that could not be archived, each beside its reason.
    public var failed: String { folder + "/failed" }
    /// Scratch space: checkpoints and temporary files; safe to empty while nothing runs.
    public var work: String { folder + "/work" }
    /// The training checkpoint.
    public var trainingCheckpoint: String { work + "/training.checkpoint" }
    /// The state of the companion's training, which follows that of its network.
    public var companionCheckpoint: String { work + "/companion.checkpoint" }
    /// What the process that holds the lock is doing now, as JSON.
    public var progress: String { work + "/progress.json" }
    /// Space kept back for a collection on a full disk.
    public var reserve: String { work + "/reserve" }
    /// Requests from commands to the process that holds the lock.
    public var requests: String { folder + "/requests" }
    /// The writer lock; its content names the holder.
    public var lock: String { folder + "/lock" }
    /// The archive's settings.
    public var settings: String { folder + "/cubevault.toml" }

    /// Every folder of an archive, its own first.
    var folders: [String] { [folder, blobs, ingest, failed, work, requests] }
}
