import CubeCodec

/// One cube to be archived, and how.
public struct IngestRequest: Sendable {
    /// The cube's file; for an ENVI pair either of the two.
    public var path: String
    /// The variable of a container that holds several; nil where the file decides.
    public var variable: String?
    /// Whether `variable` only settles what a file leaves open: a file that holds one cube is then
    /// taken as it is. For calls that name many files.
    public var variableIsHint = false
    /// What is kept; nil takes the collection's setting, else the archive's.
    public var fidelity: Fidelity?
    /// With fidelity `latent`: the owner agrees that the exact samples are given up. False takes
    /// the collection's setting, else the archive's.
    public var discardsExact: Bool
    /// Whether a container is also kept as it came; nil takes the collection's setting, else the
    /// archive's.
    public var keepsOriginal: Bool?
    /// The collection to put the cube in; nil for none.
    public var collection: String?
    /// Free labels.
    public var tags: [String: String]
    /// How hard to try to make the exact stream short; nil takes the collection's
    /// setting, else the archive's.
    public var effort: ExactEffort?

    /// A request with the archive's defaults.
    public init(
        path: String, variable: String? = nil, fidelity: Fidelity? = nil,
        discardsExact: Bool = false, keepsOriginal: Bool? = nil, collection: String? = nil,
        tags: [String: String] = [:]
    ) {
        self.path = path
        self.variable = variable
        self.fidelity = fidelity
        self.discardsExact = discardsExact
        self.keepsOriginal = keepsOriginal
        self.collection = collection
        self.tags = tags
    }
}
