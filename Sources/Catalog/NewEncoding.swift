import Cube
import Foundation

/// The result of encoding a cube against a base network, before the catalog knows it.
public struct NewEncoding: Sendable, Hashable {
    /// The base network's version.
    public var baseVersion: Int
    /// How the cube is divided into cells, for people: `scene`, `tiles 16x16`.
    public var grid: String?
    /// The coded latent, as CubeCodec wrote it; never empty in an accepted encoding.
    public var latent: [UInt8]
    /// The measured quality of what the latent decodes to.
    public var quality: ReconstructionQuality
    /// When it was made.
    public var createdAt: Date
    /// Wall-clock time that encoding took.
    public var encodeSeconds: Double

    /// States a measured encoding.
    public init(
        baseVersion: Int, grid: String? = nil, latent: [UInt8], quality: ReconstructionQuality,
        createdAt: Date, encodeSeconds: Double
    ) {
        self.baseVersion = baseVersion
        self.grid = grid
        self.latent = latent
        self.quality = quality
        self.createdAt = createdAt
        self.encodeSeconds = encodeSeconds
    }
}
