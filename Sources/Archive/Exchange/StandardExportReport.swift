import Basics
import Cube
import CubeCodec

/// What was exported; its keys are part of the JSON interface.
public struct StandardExportReport: Sendable, Codable {
    /// The cube's ID.
    public var id: SHA256Digest
    /// The cube's name.
    public var name: String
    /// The written file.
    public var path: String
    /// Geometry of what was written.
    public var geometry: CubeGeometry
    /// Bits of the deepest sample.
    public var bitDepth: Int
    /// Whether samples are two's complement.
    public var isSigned: Bool
    /// The order of the samples in the stream.
    public var order: Interleave
    /// The entropy coder.
    public var coder: StandardStreamOptions.Coder
    /// Length of the file.
    public var byteCount: Int
    /// Bits of the file per sample.
    public var bitsPerSample: Double
    /// The largest error against the archived samples, measured by decoding the file.
    public var maximumAbsoluteError: Int
    /// The largest error of the archived samples against the source; 0 where they are exact.
    public var archivedMaximumAbsoluteError: Double
    /// Trial encodings that the search of parameters took.
    public var trialCount: Int
    /// The file's SHA-256.
    public var sha256: SHA256Digest
    /// Wall time.
    public var seconds: Double
}
