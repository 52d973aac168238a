/// Every setting of an archive, with its default; etc/cubevault.toml shows them all.
public struct Settings: Sendable, Equatable {
    /// How drops are taken in.
    public var ingest = IngestSettings()
    /// The neural field of the base networks to be trained.
    public var field = FieldSettings()
    /// How and when base networks are trained.
    public var training = TrainingPolicy()
    /// How cubes are encoded against a base network.
    public var encoding = EncodingSettings()
    /// How the daemon watches and works.
    public var daemon = DaemonSettings()

    /// All defaults.
    public init() {}
}

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

/// Settings of `[field]`, in the paper's terms.
public struct FieldSettings: Sendable, Equatable {
    /// K, the number of hidden layers.
    public var hiddenLayerCount = 10
    /// d, the width of a hidden layer.
    public var hiddenWidth = 128
    /// Values in one latent phi.
    public var latentCount = 32
    /// w0, the frequency of the sines.
    public var omega = 15.0
    /// One latent per `scene`, per cell of `cells ROWSxCOLUMNS`, or per `tiles LINESxSAMPLES`.
    public var grid = "scene"
    /// Band centres nearer than this share one output of the network.
    public var mergeNanometers = 1.0
}

/// Settings of `[training]`.
public struct TrainingPolicy: Sendable, Equatable {
    /// Whether the daemon trains the first base network by itself.
    public var automatic = true
    /// Cubes that must have arrived before the first training.
    public var firstAfterCubeCount = 4
    /// Seconds without a new cube before an automatic training starts.
    public var quietSeconds = 30.0
    /// Seconds that one training may take.
    public var timeLimitSeconds = 600.0
    /// Outer iterations that one training may take; 0 leaves only the time limit.
    public var iterationLimit = 0
    /// Cubes that one training uses at most, chosen by seed where there are more.
    public var cubeCountLimit = 256
    /// Pixels of each cube that a training holds in memory.
    public var pixelBudget = 20_000
    /// Seed of everything random in a training.
    public var seed: UInt64 = 1
}

/// Settings of `[encoding]`.
public struct EncodingSettings: Sendable, Equatable {
    /// Pixels of each latent cell that the search uses.
    public var pixelBudget = 20_000
    /// Loss that the quantisation of latents may add.
    public var quantizationLossDecibels = 0.05
}

/// Settings of `[daemon]`.
public struct DaemonSettings: Sendable, Equatable {
    /// Seconds a drop must lie unchanged before it is taken.
    public var settleSeconds = 5.0
    /// Seconds between two full scans of the watch folder; the scan, not inotify, is the truth.
    public var rescanSeconds = 60.0
    /// Seconds between scans where the folder is on a network mount, which has no events.
    public var networkPollSeconds = 10.0
    /// Seconds that half a pair waits for its partner, from the last change of either.
    public var partnerTimeoutSeconds = 3600.0
}
