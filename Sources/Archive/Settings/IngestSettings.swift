/// Settings of `[ingest]`.
public struct IngestSettings: Sendable, Equatable {
    /// Cubes archived at the same time, at least 1.
    public var workerCount = 2
    /// What is kept of a cube where the call does not say: lossless, max-error=N or latent.
    public var fidelity = "lossless"
    /// Whether containers (anything but ENVI pairs) are also kept as they came.
    public var keepOriginal = true
    /// zstd's level, 1...19; the samples were predicted before, and more effort finds little.
    public var compressionLevel = 1
}
