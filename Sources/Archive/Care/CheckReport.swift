import CubeCodec

/// What a check found; its keys are part of the JSON interface.
public struct CheckReport: Sendable, Codable {
    /// One thing that is wrong.
    public struct Problem: Sendable, Codable, Equatable {
        /// What kind of thing: `catalog`, `blob`, `cube` or `base`.
        public var kind: String
        /// Which one.
        public var object: String
        /// What is wrong with it.
        public var reason: String
        /// The samples that a damaged block of a cube takes with it; nil for other problems.
        public var lostRegion: LostRegion?
    }

    /// Everything that is wrong; empty for a sound archive.
    public var problems: [Problem] = []
    /// Cubes looked at.
    public var cubeCount = 0
    /// Blobs looked at.
    public var blobCount = 0
    /// Stored bytes read and proved; 0 unless data was read.
    public var verifiedByteCount = 0
    /// Blobs that nothing refers to: harmless leftovers of interrupted work.
    public var unreferencedBlobCount = 0

    /// Whether nothing is wrong.
    public var isSound: Bool { problems.isEmpty }
}
