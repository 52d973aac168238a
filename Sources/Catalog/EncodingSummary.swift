import Basics
import Cube
import Foundation

/// What the catalog knows of one encoding of one cube, the latent itself left out.
public struct EncodingSummary: Sendable, Hashable, Codable {
    /// The encoding's number in this catalog.
    public let id: Int64
    /// The cube.
    public let cubeID: SHA256Digest
    /// The base network that it is decoded with.
    public let baseVersion: Int
    /// Whether it was accepted.
    public let outcome: EncodingOutcome
    /// Whether it is the one that the cube is decoded from.
    public let isCurrent: Bool
    /// When it was made.
    public let createdAt: Date
    /// Wall-clock time that encoding took.
    public let encodeSeconds: Double
    /// The measured quality of what it decodes to.
    public let quality: ReconstructionQuality
    /// How the cube is divided into cells, for people; nil where an earlier program wrote it.
    public let grid: String?
    /// Bytes of the coded latent.
    public let latentByteCount: Int
}
