import Basics
import Cube

/// One encoding of one cube with its latent.
public struct EncodingRecord: Sendable, Hashable {
    /// Everything but the latent.
    public let summary: EncodingSummary
    /// The coded latent, as CubeCodec wrote it.
    public let latent: [UInt8]

    /// The encoding's number in this catalog.
    public var id: Int64 { summary.id }
    /// The cube.
    public var cubeID: SHA256Digest { summary.cubeID }
    /// The base network that it is decoded with.
    public var baseVersion: Int { summary.baseVersion }
    /// The measured quality of what it decodes to.
    public var quality: ReconstructionQuality { summary.quality }
    /// Whether it is the one that the cube is decoded from.
    public var isCurrent: Bool { summary.isCurrent }
}
