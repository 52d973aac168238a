import Catalog
import Cube

/// Samples of a cube, and what they are worth.
public struct AvailableSamples: Sendable {
    /// Where to read them.
    public let source: any CubeSource
    /// The latent's encoding; nil where the samples are exact.
    public let encoding: EncodingRecord?
    /// Bands of `source` that were asked for, in order.
    public let bandIndices: [Int]
    /// Where wavelengths were asked for, the centre of each of those bands; nil elsewhere.
    public let wavelengthsNanometers: [Double]?

    /// Whether the samples come from the exact archive (within the cube's own error bound).
    public var isExact: Bool { encoding == nil }
}
