/// Every setting of an archive, with its default; etc/cubevault.toml shows them all.
public struct Settings: Sendable, Equatable {
    /// How drops are taken in.
    public var ingest = IngestSettings()
    /// What differs from `ingest` for some collections, by name.
    public var collections: [String: CollectionSettings] = [:]
    /// The neural field of the base networks to be trained.
    public var field = FieldSettings()
    /// The companion of those networks.
    public var tiles = TilesSettings()
    /// How and when base networks are trained.
    public var training = TrainingPolicy()
    /// How cubes are encoded against a base network.
    public var encoding = EncodingSettings()
    /// How exact streams are coded.
    public var exact = ExactSettings()
    /// When a candidate, and a cube's new latent, count as better.
    public var rotation = RotationSettings()
    /// When the daemon trains and re-encodes.
    public var background = BackgroundSettings()
    /// How what nothing refers to is deleted.
    public var deletion = DeletionSettings()
    /// How the daemon watches and works.
    public var daemon = DaemonSettings()

    /// All defaults.
    public init() {}
}
