import Cube

/// What to restore of one cube, and how to write it.
public struct RestoreRequest: Sendable {
    /// Where samples are taken from.
    public enum Source: String, Sendable, Codable, CaseIterable {
        /// The exact samples where the archive has them, else the latent.
        case best
        /// The exact samples only.
        case exact
        /// The latent's reconstruction only.
        case latent
    }

    /// What is written.
    public enum Format: String, Sendable, Codable, CaseIterable {
        /// ENVI header and binary.
        case envi
        /// GeoTIFF, through cubevault-gdal.
        case gtiff
        /// NumPy array of lines x samples x bands.
        case npy
        /// The source files, byte for byte.
        case original
    }

    /// Where samples are taken from.
    public var source = Source.best
    /// What is written; nil means the source files where they can be had whole, else ENVI.
    public var format: Format?
    /// Pixels to restore; nil for all.
    public var window: CubeWindow?
    /// Band indices to restore, counted from 0, in this order; nil for all.
    public var bandIndices: [Int]?
    /// Wavelengths to restore instead of bands, in this order: of exact samples the nearest bands,
    /// of a latent the network's interpolation. Nil for bands.
    public var wavelengthsNanometers: [Double]?
    /// File or folder to write to; nil for the source's name in the current folder.
    public var output: String?
    /// Whether existing files may be replaced.
    public var replaces = false
    /// Whether what damaged blocks hold may be missing: it is filled with nodata (or zeros),
    /// reported, and marked in a mask file beside the cube.
    public var salvages = false

    /// A request for the whole cube, as it came.
    public init() {}

    /// Whether all pixels and bands are wanted.
    var isWhole: Bool {
        window == nil && bandIndices == nil && wavelengthsNanometers == nil
    }
}
