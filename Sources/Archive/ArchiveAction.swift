import Basics

/// What the archive does to things, as events name it; stable, part of the JSON interface.
public enum ArchiveAction: String, Sendable, Codable {
    /// A cube was archived.
    case ingest
    /// A cube was given its first latent.
    case encode
    /// A cube's new latent replaced the old.
    case flip
    /// A cube kept its latent, because the new one was no better.
    case keep
    /// A training was begun.
    case trainStart = "train-start"
    /// A base network was trained, a training failed, or a cube was left out of one.
    case train
    /// A candidate was tried on a choice of cubes, or could not be tried.
    case gate
    /// A base network became current, or every cube was tried against it.
    case rotate
    /// A rotation was stopped where it was, or made to go on.
    case cancel
    /// The previous base network became current again.
    case rollback
    /// A base network was read from a file.
    case `import`
    /// Something was found that nothing refers to.
    case mark
    /// Something that nothing referred to was deleted.
    case delete
    /// The exact samples of a cube were given up, as its owner asked.
    case discard
    /// A cube's tags or collection were changed.
    case label
}

/// What an event is about.
enum EventObject {
    case cube(SHA256Digest)
    case base(Int)
    /// A training, before it is known which version it makes.
    case training(identity: String)
    case drop(String)
    case blob(String)

    /// The kind's stable name.
    var kind: String {
        switch self {
        case .cube: "cube"
        case .base: "base"
        case .training: "training"
        case .drop: "drop"
        case .blob: "blob"
        }
    }

    /// Identity within the kind.
    var identity: String {
        switch self {
        case .cube(let id): id.hexadecimal
        case .base(let version): String(version)
        case .training(let identity): identity
        case .drop(let path): path
        case .blob(let name): name
        }
    }
}
