import Basics

/// Failures of whole archive operations.
public enum ArchiveError: CubevaultError, Equatable {
    /// The folder has no marker file: it is not an archive, or its disk is not mounted.
    case noArchive(folder: String)
    /// `init` was asked to make an archive where something already lies.
    case folderNotEmpty(folder: String)
    /// The marker was written by a newer program, or is not readable as one.
    case unreadableMarker(path: String, reason: String)
    /// Another process writes to this archive; wait for it, stop it, or use the watch folder.
    case writerBusy(folder: String, holder: String)
    /// A setting is unknown, of the wrong type or out of range.
    case badSetting(path: String, key: String, reason: String)
    /// The source changed while it was being read; let it finish and ingest it again.
    case sourceChanged(path: String)
    /// What was decoded back differs from what was read; nothing was catalogued.
    case verificationFailed(cube: String, reason: String)
    /// The request cannot be met by what the archive holds of this cube.
    case notAvailable(cube: String, reason: String)
    /// The output exists already; choose another name or pass `--force`.
    case outputExists(path: String)
    /// A command's argument makes no sense.
    case badArgument(reason: String)
    /// No base network of that version exists.
    case noBaseNetwork(version: String)
    /// A file that was to be imported is no base network; get it again from where it came.
    case notABaseNetwork(path: String, reason: String)
    /// There is nothing to train on.
    case nothingToTrainOn(reason: String)
    /// Stored data is damaged; `cubevault check --read-data` lists all of it.
    case damaged(what: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .noArchive(let folder):
            "\(folder) is not a Cubevault archive (no \(ArchiveLayout.markerName) file); "
                + "is its disk mounted? 'cubevault init \(folder)' makes a new archive"
        case .folderNotEmpty(let folder):
            "\(folder) is not empty; an archive is made in a new or empty folder"
        case .unreadableMarker(let path, let reason):
            "\(path) cannot be used: \(reason)"
        case .writerBusy(let folder, let holder):
            "another process (\(holder)) is writing to \(folder); stop it first, "
                + "or drop cubes into its ingest folder"
        case .badSetting(let path, let key, let reason):
            "\(path): setting '\(key)' \(reason)"
        case .sourceChanged(let path):
            "\(path) changed while it was being read; ingest it again when it is complete"
        case .verificationFailed(let cube, let reason):
            "\(cube) was not archived, because decoding it back failed: \(reason)"
        case .notAvailable(let cube, let reason):
            "cube \(cube): \(reason)"
        case .outputExists(let path):
            "\(path) exists already; pass --force to replace it or -o to name another"
        case .badArgument(let reason):
            reason
        case .noBaseNetwork(let version):
            "there is no base network \(version); 'cubevault base list' shows those there are"
        case .notABaseNetwork(let path, let reason):
            "\(path) is not a base network: \(reason)"
        case .nothingToTrainOn(let reason):
            "no base network can be trained: \(reason)"
        case .damaged(let what, let reason):
            "\(what) is damaged: \(reason); run 'cubevault check --read-data'"
        }
    }

    /// Wrong requests, unknown things and damage have statuses of their own.
    public var exitStatus: ExitStatus {
        switch self {
        case .badArgument: .usage
        case .noArchive, .noBaseNetwork: .notFound
        case .damaged: .damaged
        default: .failed
        }
    }
}
