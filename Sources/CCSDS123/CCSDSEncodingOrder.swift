/// The order in which the entropy coder meets the samples (5.4.2).
public enum CCSDSEncodingOrder: Hashable, Sendable, Codable {
    /// BSQ: band after band.
    case bandSequential
    /// BI: line after line, and within a line groups of `depth` (M) bands pixel by pixel. Depth 1
    /// is BIL; the image's number of bands is BIP.
    case bandInterleaved(depth: Int)
}
