import Cube

/// What a user may choose about a standard stream that is handed to other programs.
public struct StandardStreamOptions: Sendable, Hashable {
    /// The standard's two entropy coders that this program writes.
    public enum Coder: String, Sendable, Codable, CaseIterable {
        /// Golomb-power-of-2 codes and, where the entropy is low, codes for several samples at
        /// once: the shorter one.
        case hybrid
        /// Golomb-power-of-2 codes alone: the one that every implementation reads.
        case sampleAdaptive = "sample-adaptive"
    }

    /// The order in which the samples are coded.
    public var order = Interleave.bsq
    /// The entropy coder.
    public var coder = Coder.hybrid
    /// The largest absolute error of a sample, at least 0; 0 is lossless.
    public var maximumError = 0
    /// Whether the standard's free parameters are searched: 35 trial encodings of some of the
    /// lines, and a stream that is some 13 % shorter.
    public var searchesParameters = true
    /// Whether wavelengths and widths go along as supplementary tables of the header, in
    /// nanometres. Some readers do not know such tables.
    public var writesWavelengths = false

    /// Lossless, band-sequential, hybrid, searched, without tables.
    public init() {}
}
