/// The named moments of a network's life, handed to `FileOperations.reached`, so that a test can
/// end the process at each of them. Every one leaves a sound archive, and the work goes on from
/// there.
public enum RotationStep {
    /// The cubes and settings of a training are on the disk.
    public static let trainingPlanned = "train.planned"
    /// A training was interrupted and its checkpoint is on the disk.
    public static let trainingCheckpointed = "train.checkpointed"
    /// A training is complete; its network is in the checkpoint only.
    public static let trainingDone = "train.done"
    /// The network is in the catalog as a candidate.
    public static let candidateWritten = "train.candidate-written"
    /// The checkpoint of a finished training is gone.
    public static let checkpointRemoved = "train.checkpoint-removed"
    /// The canary was encoded against the candidate; nothing is written yet.
    public static let canaryMeasured = "gate.measured"
    /// The gate's verdict, and the canary's encodings beside the old ones, are in the catalog.
    public static let trialRecorded = "gate.recorded"
    /// The network is current, and every cube waits in the queue.
    public static let rotationBegun = "rotate.current-set"
    /// A cube's new encoding was decoded and measured against the exact samples.
    public static let encodingMeasured = "encode.measured"
    /// A cube's new encoding is in the catalog beside the old one.
    public static let encodingStaged = "encode.staged"
    /// A cube was switched to its new encoding, or keeps its old one.
    public static let encodingSettled = "encode.settled"
    /// The catalog has forgotten exact samples that a cube's owner gave up; their blob is still
    /// there.
    public static let exactDiscarded = "discard.committed"
    /// A rotation was taken back.
    public static let rolledBack = "rollback.done"
    /// What nothing refers to is marked.
    public static let collectionMarked = "collect.marked"
    /// Encodings that were replaced are gone.
    public static let encodingsDeleted = "collect.encodings-deleted"
    /// The catalog has forgotten what will be deleted; files are still there.
    public static let collectionForgotten = "collect.forgotten"
    /// The files are gone; their marks are still there.
    public static let collectionDeleted = "collect.deleted"

    /// All steps, in the order in which a network's life meets them.
    public static let all = [
        trainingPlanned, trainingCheckpointed, trainingDone, candidateWritten, checkpointRemoved,
        canaryMeasured, trialRecorded, rotationBegun, encodingMeasured, encodingStaged,
        encodingSettled, exactDiscarded, rolledBack, collectionMarked, encodingsDeleted,
        collectionForgotten, collectionDeleted,
    ]
}
