import Basics
import Cube

/// What became of one cube in a (re-)encoding; its keys are part of the JSON interface.
public struct EncodingReport: Sendable, Codable {
    /// How the new encoding fared.
    public enum Outcome: String, Sendable, Codable {
        /// The cube had no latent before.
        case encoded
        /// The new encoding replaced the old.
        case improved
        /// The old encoding was kept, because the new one is worse.
        case kept
        /// The cube cannot be encoded, such as one without a single valid sample.
        case unencodable
        /// Something about this cube failed, such as damaged samples; it keeps what it had.
        case failed
        /// Another base network became current meanwhile; it keeps what it had.
        case superseded
    }

    /// The cube's ID.
    public var id: SHA256Digest
    /// The cube's name.
    public var name: String
    /// How the new encoding fared.
    public var outcome: Outcome
    /// PSNR of the encoding that was current before; nil where there was none.
    public var oldPSNRDecibels: Double?
    /// PSNR of the new encoding; nil where it could not be measured.
    public var newPSNRDecibels: Double?
    /// How the new encoding divides the cube into cells: `scene`, `tiles 16x16`.
    public var grid: String?
    /// Bytes of the new latent, header and checksum included.
    public var latentByteCount: Int
    /// Why a cube is unencodable or failed.
    public var reason: String?
}
