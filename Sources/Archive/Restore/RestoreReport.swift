import Basics
import Cube
import CubeCodec

/// What was restored; its keys are part of the JSON interface.
public struct RestoreReport: Sendable, Codable {
    /// One written file.
    public struct File: Sendable, Codable {
        /// Where it was written.
        public var path: String
        /// Its length.
        public var byteCount: Int
        /// Its SHA-256.
        public var sha256: SHA256Digest
        /// Whether it equals the source file's SHA-256; nil where it is not a source file, false
        /// where samples of it are lost.
        public var equalsSource: Bool?
    }

    /// The cube's ID.
    public var id: SHA256Digest
    /// The cube's name.
    public var name: String
    /// Where the samples were taken from: `exact`, `latent` or `original`.
    public var source: String
    /// What was written.
    public var format: RestoreRequest.Format
    /// Geometry of what was written.
    public var geometry: CubeGeometry
    /// The written files.
    public var files: [File]
    /// The error that the samples may have, in the data's units; 0 where they are exact and nil
    /// for a latent.
    public var maximumAbsoluteError: Double?
    /// The latent's measured PSNR over the whole cube; nil where the samples are exact.
    public var psnrDecibels: Double?
    /// The base network that the latent was decoded with; nil where the samples are exact.
    public var baseVersion: Int?
    /// Where wavelengths were asked for, the centres of the bands that were written; nil elsewhere.
    public var wavelengthsNanometers: [Double]?
    /// What was lost to damaged blocks and is filled with nodata (or zeros); nil where nothing was.
    public var lostRegions: [LostRegion]?
    /// The mask beside the cube, with 1 where samples were lost and 0 elsewhere; nil where nothing
    /// was lost.
    public var maskFiles: [File]?
    /// Wall time.
    public var seconds: Double
}
