/// The order in which a file stores a cube's samples; the last-named axis varies fastest.
public enum Interleave: String, Sendable, Codable, CaseIterable {
    /// Band sequential: bands, lines, samples.
    case bsq
    /// Band interleaved by line: lines, bands, samples.
    case bil
    /// Band interleaved by pixel: lines, samples, bands.
    case bip
}
