import Cube

/// A generated scene; its keys are part of the JSON interface.
struct SceneReport: Encodable {
    /// The scene's name.
    var name: String
    /// What it shows.
    var kind: String
    /// The instrument.
    var sensor: String
    /// What it follows from.
    var seed: UInt64
    /// Lines x samples x bands.
    var geometry: CubeGeometry
    /// The files, the one with the samples first.
    var files: [String]
    /// Bytes of all samples.
    var byteCount: Int
}
