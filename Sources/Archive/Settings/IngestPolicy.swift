import CubeCodec

/// What is kept of one cube, once call, collection and archive have been asked.
public struct IngestPolicy: Sendable, Equatable {
    /// How faithfully.
    public var fidelity: Fidelity
    /// With fidelity latent: the owner agrees that exact samples are given up.
    public var discardsExact: Bool
    /// Whether a container is also kept as it came.
    public var keepsOriginal: Bool
    /// How hard to try to make the exact stream short.
    public var effort: ExactEffort

    /// Whether data would be given up that nobody agreed to lose.
    var lacksConsent: Bool { fidelity == .latent && !discardsExact }
}

extension Settings {
    /// What `[ingest]`, `[exact]` and the tables of a collection and of those above it say; `a/b`
    /// lies below `a`.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where a fidelity or an effort is none.
    public func policy(of collection: String?) throws -> IngestPolicy {
        var policy = IngestPolicy(
            fidelity: try Fidelity(parsing: ingest.fidelity), discardsExact: ingest.discardExact,
            keepsOriginal: ingest.keepOriginal, effort: try exact.parsedEffort())
        let parts = collection?.split(separator: "/") ?? []
        for count in parts.indices {
            guard let settings = collections[parts[...count].joined(separator: "/")] else {
                continue
            }
            if let text = settings.fidelity { policy.fidelity = try Fidelity(parsing: text) }
            policy.discardsExact = settings.discardExact ?? policy.discardsExact
            policy.keepsOriginal = settings.keepOriginal ?? policy.keepsOriginal
            if let text = settings.effort {
                policy.effort = try ExactSettings(effort: text).parsedEffort()
            }
        }
        return policy
    }
}
