import Basics

/// Failures of the catalog.
public enum CatalogError: CubevaultError, Equatable {
    /// No cube, base network, job or collection goes by this name; list what there is.
    case notFound(kind: String, name: String)
    /// An ID prefix or a name that stands for several cubes; give more digits.
    case ambiguous(text: String, matches: [String])
    /// An ID prefix needs at least ``CatalogQueries/minimumPrefixLength`` hexadecimal digits.
    case prefixTooShort(text: String)
    /// The catalog file is not there; the archive's path is wrong or `init` has not run.
    case missing(path: String)
    /// The file is an SQLite database, but not a Cubevault catalog.
    case notACatalog(path: String)
    /// The file cannot be opened; check permissions.
    case cannotOpen(path: String, reason: String)
    /// The catalog was written by a newer program; use that one.
    case newerSchema(path: String, found: Int, supported: Int)
    /// The catalog awaits a migration, which only the writer may apply; start the daemon once.
    case olderSchema(path: String, found: Int, needed: Int)
    /// A migration that was applied differs from the one of the same number in this program.
    case migrationChanged(path: String, name: String)
    /// The catalog file is damaged; `check` says how, and the archive can rebuild it from blobs.
    case damaged(path: String, reason: String)
    /// Another process held the catalog for longer than the waiting time; try again.
    case locked(path: String)
    /// The disk is full; nothing was changed.
    case diskFull(path: String)
    /// The catalog refused a change that would contradict its other rows; nothing was changed.
    case refused(path: String, reason: String)
    /// A value that the catalog cannot hold; nothing was changed.
    case invalidRecord(subject: String, reason: String)
    /// A base network whose encodings are still in use cannot go; re-encode those cubes first.
    case baseInUse(version: Int, cubeCount: Int)
    /// A job is not in the state that the request needs.
    case wrongJobState(id: Int64, needed: JobState)
    /// Any other failure that SQLite reports; nothing was changed.
    case failed(path: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .notFound(let kind, let name): "there is no \(kind) \(name) in this archive"
        case .ambiguous(let text, let matches):
            "'\(text)' stands for several cubes: \(matches.joined(separator: ", ")); "
                + "give more digits of the ID"
        case .prefixTooShort(let text):
            "'\(text)' is too short for a cube ID: give at least "
                + "\(CatalogQueries.minimumPrefixLength) hexadecimal digits"
        case .refused(let path, let reason):
            "the catalog \(path) refused the change, and nothing was changed: \(reason)"
        case .invalidRecord(let subject, let reason):
            "the catalog cannot hold \(subject): \(reason)"
        case .baseInUse(let version, let cubeCount):
            "base network \(version) is in use by \(cubeCount) cubes; re-encode them first"
        case .wrongJobState(let id, let needed): "job \(id) is not \(needed.rawValue)"
        default: fileDescription
        }
    }

    /// Descriptions of the cases that concern the file as a whole.
    private var fileDescription: String {
        switch self {
        case .missing(let path):
            "there is no catalog at \(path): give the archive's folder, or create one with 'init'"
        case .notACatalog(let path): "\(path) is a database, but not a Cubevault catalog"
        case .cannotOpen(let path, let reason): "cannot open the catalog \(path): \(reason)"
        case .newerSchema(let path, let found, let supported):
            "the catalog \(path) has schema \(found), and this program knows \(supported) at most; "
                + "use the newer program that wrote it"
        case .olderSchema(let path, let found, let needed):
            "the catalog \(path) has schema \(found), and this program needs \(needed); "
                + "run the daemon, or any command that writes, to bring it up to date"
        case .migrationChanged(let path, let name):
            "migration \(name) of this program is not the one that was applied to \(path); "
                + "use an unmodified program"
        case .damaged(let path, let reason):
            "the catalog \(path) is damaged: \(reason); run 'check' and restore it from a backup "
                + "or rebuild it from the blobs"
        case .locked(let path):
            "the catalog \(path) is held by another process; try again in a moment"
        case .diskFull(let path):
            "the disk of \(path) is full; nothing was changed: make room and try again"
        case .failed(let path, let reason): "the catalog \(path) failed: \(reason)"
        default: "the catalog failed"
        }
    }

    /// Not found, usage and damage have statuses of their own.
    public var exitStatus: ExitStatus {
        switch self {
        case .notFound, .missing: .notFound
        case .ambiguous, .prefixTooShort: .usage
        case .damaged: .damaged
        default: .failed
        }
    }
}
