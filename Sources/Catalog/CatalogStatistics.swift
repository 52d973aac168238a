/// What the archive holds and what it costs, in real bytes; every blob is counted once.
public struct CatalogStatistics: Sendable, Hashable, Codable {
    /// Number of cubes.
    public let cubeCount: Int
    /// Number of samples of all cubes.
    public let sampleCount: Int
    /// Bytes of all source files as they came in.
    public let sourceByteCount: Int
    /// Bytes on disk of all blobs that cubes and their source files refer to.
    public let exactStoredByteCount: Int
    /// Bytes of the current encodings' latents.
    public let latentByteCount: Int
    /// Bytes of every latent kept, those of former base networks included.
    public let keptLatentByteCount: Int
    /// Number of cubes that have a current encoding.
    public let encodedCubeCount: Int
    /// Number of base networks.
    public let baseNetworkCount: Int
    /// Bytes on disk of all base networks' blobs.
    public let baseStoredByteCount: Int
    /// Number of blobs.
    public let blobCount: Int
    /// Bytes on disk of all blobs, referred to or not.
    public let blobStoredByteCount: Int
}
