import Archive
import Basics
import Catalog
import Cube
import Foundation

/// Everything that the archive knows of one cube; its keys are part of the JSON interface.
///
/// A key without a value is left out. Rates are bits per pixel per band, from real bytes.
struct CubeReport: Encodable {
    /// A stored blob.
    struct Blob: Encodable {
        var sha256: String
        var path: String
        var contentByteCount: Int
        var storedByteCount: Int
    }

    /// The exact samples.
    struct Exact: Encodable {
        var blob: Blob
        /// Bytes on disk of everything that was kept beside the latent.
        var storedByteCount: Int
        var bitsPerSample: Double
        var maximumAbsoluteError: Double
    }

    /// The current latent.
    struct Latent: Encodable {
        var baseVersion: Int
        /// How the cube is divided into cells.
        var grid: String?
        var byteCount: Int
        var psnrDecibels: Double?
        var meanSquaredError: Double
        var maximumAbsoluteError: Double
        var meanSpectralAngleDegrees: Double?
        var validSampleCount: Int
        var createdAt: Date
        var encodeSeconds: Double
        /// The latent's own rate.
        var bitsPerSample: Double
        /// Bytes of the base network, and the cubes that share it.
        var baseByteCount: Int
        var baseCubeCount: Int
        /// This cube's share of the base network, as a rate.
        var baseShareBitsPerSample: Double
        /// Both together.
        var totalBitsPerSample: Double
    }

    /// One source file.
    struct SourceFile: Encodable {
        var role: String
        var fileName: String
        var byteCount: Int
        var sha256: String
        var modifiedAt: Date?
        /// `blob` (kept whole), `samples` (rebuilt from the exact samples) or `not-kept`.
        var storage: String
        /// The blobs that it is rebuilt from, beside the exact samples.
        var blobs: [Blob]
    }

    /// One band.
    struct Band: Encodable {
        var index: Int
        var wavelengthNanometers: Double?
        var fwhmNanometers: Double?
        var name: String?
        var isGood: Bool
    }

    var id: String
    var name: String
    var format: String
    var variable: String?
    var geometry: CubeGeometry
    var sampleType: SampleType
    var sampleCount: Int
    var nodataValue: Double?
    var sensor: String?
    var acquisitionTime: Date?
    var ingestedAt: Date
    var collection: String?
    var tags: [String: String]
    var text: String?
    var georeference: Georeference?
    var bands: [Band]
    var fidelity: String
    var sourceFiles: [SourceFile]
    var sourceByteCount: Int
    var exact: Exact?
    var latent: Latent?
    var isLatentPending: Bool
    var events: [EventRecord]
}
