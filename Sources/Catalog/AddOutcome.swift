/// Whether a cube was new to the archive.
public enum AddOutcome: String, Sendable, Hashable, Codable {
    /// It is now in the catalog.
    case added
    /// It was there already; nothing was changed.
    case duplicate
}
