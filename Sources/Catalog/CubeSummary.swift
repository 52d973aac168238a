import Basics
import Cube
import Foundation

/// One line of a listing.
public struct CubeSummary: Sendable, Hashable, Codable {
    /// The cube's ID.
    public let id: SHA256Digest
    /// Its name.
    public let name: String
    /// The format of its source files.
    public let format: String
    /// Lines x samples x bands.
    public let geometry: CubeGeometry
    /// The type of every sample.
    public let sampleType: SampleType
    /// The instrument; nil where unknown.
    public let sensor: String?
    /// When the scene was acquired; nil where unknown.
    public let acquisitionTime: Date?
    /// When it entered the archive.
    public let ingestedAt: Date
    /// Its collection; nil for none.
    public let collection: String?
    /// The user's key-value pairs.
    public let tags: [String: String]
    /// What was promised at ingest.
    public let fidelity: String
    /// Largest absolute error of the exact copy; 0 for lossless.
    public let maximumAbsoluteError: Double
    /// Bytes of its source files.
    public let sourceByteCount: Int
    /// Bytes on disk of its exact copy.
    public let exactStoredByteCount: Int
    /// Outer edge of the band of shortest wavelength; nil where no wavelength is known.
    public let lowestWavelengthNanometers: Double?
    /// Outer edge of the band of longest wavelength; nil where no wavelength is known.
    public let highestWavelengthNanometers: Double?
    /// The footprint; nil where unknown.
    public let bounds: GeographicBounds?
    /// The base network of its current encoding; nil where it has none.
    public let baseVersion: Int?
    /// Bytes of its current latent; nil where it has none.
    public let latentByteCount: Int?
    /// PSNR of its current latent; nil where it has none or the latent is exact.
    public let latentPSNRDecibels: Double?
}
