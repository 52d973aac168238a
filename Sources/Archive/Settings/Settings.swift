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
    /// When a candidate, and a cube's new latent, count as better.
    public var rotation = RotationSettings()
    /// When the daemon trains and re-encodes.
    public var background = BackgroundSettings()
    /// How what nothing refers to is deleted.
    public var collection = CollectionSettings()
    /// How the daemon watches and works.
    public var daemon = DaemonSettings()

    /// All defaults.
    public init() {}
}
