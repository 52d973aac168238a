import Basics
import Cube

/// What became of one ingested cube; its keys are part of the JSON interface.
public struct IngestReport: Sendable, Codable {
    /// Whether the cube is new.
    public enum Outcome: String, Sendable, Codable {
        /// The cube was archived.
        case added
        /// The archive had it already; nothing was stored.
        case duplicate
    }

    /// The path that was ingested.
    public var path: String
    /// Whether the cube is new.
    public var outcome: Outcome
    /// The cube's ID.
    public var id: SHA256Digest
    /// The cube's name.
    public var name: String
    /// Lines x samples x bands.
    public var geometry: CubeGeometry
    /// Bytes of the source files.
    public var sourceByteCount: Int
    /// Bytes stored for this cube (blobs it shares with other cubes included).
    public var storedByteCount: Int
    /// Wall time.
    public var seconds: Double
    /// What the reader found odd, though not fatal.
    public var warnings: [String]
    /// The source files that the archive now holds and a watch folder may give up.
    public var sourcePaths: [String]
}
