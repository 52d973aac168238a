/// Settings of `[collections.NAME]`; nil leaves a setting to the collection above, else to
/// `[ingest]` and `[exact]`.
public struct CollectionSettings: Sendable, Equatable {
    /// What is kept of a cube where the call does not say.
    public var fidelity: String?
    /// With fidelity latent: the owner agrees that exact samples are given up.
    public var discardExact: Bool?
    /// Whether containers are also kept as they came.
    public var keepOriginal: Bool?
    /// How hard to try to make exact streams short where the call does not say: normal or best.
    public var effort: String?

    /// Nothing of its own.
    public init() {}
}
