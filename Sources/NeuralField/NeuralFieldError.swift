import Basics

/// Networks that cannot exist or cannot be decoded the same way everywhere.
public enum NeuralFieldError: CubevaultError, Equatable {
    /// A size of the network is outside the supported range; check the training settings.
    case impossibleArchitecture(reason: String)
    /// Parameters do not fit their architecture, or are not finite; the network is damaged.
    case impossibleParameters(reason: String)
    /// A latent does not fit its network, or drives a sine outside the range in which its error
    /// is bounded; the latent is damaged or belongs to another network.
    case impossibleLatent(reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .impossibleArchitecture(let reason):
            "this network cannot be built: \(reason); check K, d and the latent length"
        case .impossibleParameters(let reason):
            "these network parameters cannot be used: \(reason); restore the base network"
        case .impossibleLatent(let reason):
            "this latent cannot be decoded: \(reason); check that it belongs to this base network"
        }
    }

    /// A wrong size is the caller's mistake; wrong values are damage.
    public var exitStatus: ExitStatus {
        switch self {
        case .impossibleArchitecture: .failed
        case .impossibleParameters, .impossibleLatent: .damaged
        }
    }
}
