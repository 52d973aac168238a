/// The kinds of work in the queue that give cubes latents.
public enum EncodingWork: String, Sendable, Hashable, CaseIterable {
    /// A cube that has no latent yet gets its first.
    case first = "encode"
    /// A cube that has a latent is tried against a newer base network.
    case again = "reencode"
}
