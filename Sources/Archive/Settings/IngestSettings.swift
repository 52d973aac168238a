/// Settings of `[ingest]`.
public struct IngestSettings: Sendable, Equatable {
    /// Cubes archived at the same time, at least 1.
    public var workerCount = 2
    /// What is kept of a cube where neither the call nor the cube's collection says: lossless,
    /// max-error=N, max-error=N% or latent.
    public var fidelity = "lossless"
    /// With fidelity latent: the owner agrees that exact samples are given up.
    public var discardExact = false
    /// Whether containers (anything but ENVI pairs) are also kept as they came.
    public var keepOriginal = true
    /// zstd's level, 1...19; the samples were predicted before, and more effort finds little.
    public var compressionLevel = 1
}
