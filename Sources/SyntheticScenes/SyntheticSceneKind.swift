/// What a synthetic scene shows.
public enum SyntheticSceneKind: String, Sendable, Codable, CaseIterable {
    /// Parcels of crops and bare soil with tracks, woods and a river.
    case farmland
    /// Sea, surf, beach and a green hinterland; the coast runs along the flight line.
    case coast
    /// Streets, roofs of several materials, gardens and parks.
    case town
    /// Mountains of exposed minerals with strong terrain shading.
    case minerals
}
