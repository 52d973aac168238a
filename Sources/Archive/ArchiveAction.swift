import Basics

/// What the archive does to things, as events name it; stable, part of the JSON interface.
public enum ArchiveAction: String, Sendable, Codable {
    /// A cube was archived.
    case ingest
    /// A cube was encoded against a base network.
    case encode
    /// A base network was trained.
    case train
    /// A base network became current.
    case rotate
    /// The previous base network became current again.
    case rollback
    /// A base network was written to or read from a file.
    case export
    /// A base network was read from a file.
    case `import`
    /// The exact samples of a cube were given up, as its owner asked.
    case discard
    /// A cube's tags or collection were changed.
    case label
}

/// What an event is about.
enum EventObject {
    case cube(SHA256Digest)
    case base(Int)
    case drop(String)

    /// The kind's stable name.
    var kind: String {
        switch self {
        case .cube: "cube"
        case .base: "base"
        case .drop: "drop"
        }
    }

    /// Identity within the kind.
    var identity: String {
        switch self {
        case .cube(let id): id.hexadecimal
        case .base(let version): String(version)
        case .drop(let path): path
        }
    }
}
