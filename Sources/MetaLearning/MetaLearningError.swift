import Basics

/// Failures of training a base network and of encoding cubes against one.
public enum MetaLearningError: CubevaultError, Equatable {
    /// A cube has no sample to learn from: all are nodata, not finite or constant. Store it
    /// exactly.
    case noValidSample(cube: String)
    /// The latent grid cannot be laid over the cube; choose a coarser one.
    case impossibleGrid(reason: String)
    /// A training or encoding setting is outside its range; correct it.
    case impossibleSetting(name: String, reason: String)
    /// Training was asked for without any scene.
    case noScene
    /// A checkpoint belongs to other settings or scenes; remove it to start afresh.
    case foreignCheckpoint(path: String, reason: String)
    /// A checkpoint is damaged; remove it to start afresh.
    case damagedCheckpoint(path: String, reason: String)
    /// Training produced values that are not finite; lower the rates.
    case diverged(iteration: Int)
    /// A latent does not fit its base network or cube; the latent is damaged or belongs elsewhere.
    case foreignLatent(reason: String)
    /// A base network does not decode to what it promises on this machine.
    case goldenMismatch(reason: String)
    /// A wavelength that a cube or its base network does not reach; ask for one inside.
    case unknownWavelength(nanometers: Double, reason: String)
    /// No band of the cube matches an output of the base network; train one that covers it.
    case unmatchedCube(cube: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .noValidSample(let cube):
            "\(cube) has no valid sample to learn from; only its exact tier can be stored"
        case .impossibleGrid(let reason):
            "the latent grid does not fit: \(reason); choose a coarser grid"
        case .impossibleSetting(let name, let reason):
            "the setting \(name) cannot be used: \(reason)"
        case .noScene:
            "there is no scene to train on; ingest cubes first"
        case .foreignCheckpoint(let path, let reason):
            "the checkpoint \(path) belongs to another training: \(reason); "
                + "remove it to start afresh"
        case .damagedCheckpoint(let path, let reason):
            "the checkpoint \(path) is damaged: \(reason); remove it to start afresh"
        case .diverged(let iteration):
            "training diverged at iteration \(iteration); lower the inner or outer rate"
        case .foreignLatent(let reason):
            "this latent cannot be decoded: \(reason); restore the cube from its exact tier"
        case .goldenMismatch(let reason):
            "the base network does not decode as it should on this machine: \(reason); "
                + "the network or the program is damaged, and nothing may be decoded with it"
        case .unknownWavelength(let nanometers, let reason):
            "there is nothing at \(nanometers) nm: \(reason)"
        case .unmatchedCube(let cube):
            "no band of \(cube) matches the base network; train one that covers it"
        }
    }

    /// A wrong setting is the caller's mistake; damage has a status of its own.
    public var exitStatus: ExitStatus {
        switch self {
        case .impossibleSetting, .unknownWavelength: .usage
        case .damagedCheckpoint, .foreignLatent, .goldenMismatch: .damaged
        case .noValidSample, .impossibleGrid, .noScene, .foreignCheckpoint, .diverged,
            .unmatchedCube:
            .failed
        }
    }
}
