import Basics
import Cube

/// What was imported; its keys are part of the JSON interface.
public struct StandardImportReport: Sendable, Codable {
    /// The stream.
    public var path: String
    /// Lines x samples x bands.
    public var geometry: CubeGeometry
    /// The type of the written samples.
    public var sampleType: SampleType
    /// Bits of a sample in the stream.
    public var bitDepth: Int
    /// Whether the stream declares every sample exact.
    public var isLossless: Bool
    /// The written files.
    public var files: [String]
    /// Wall time.
    public var seconds: Double
}
