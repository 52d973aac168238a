/// Why cubevault-gdal cannot do what it was asked.
public struct HelperFailure: Error, Codable, Sendable, Equatable {
    /// What went wrong, for programs.
    public enum Kind: String, Codable, Sendable {
        /// The file cannot be opened or its samples cannot be read.
        case unreadable
        /// The file holds several cubes.
        case ambiguous
        /// The file holds none.
        case noCube
        /// The file holds none of that name.
        case unknownVariable
        /// The type or shape is not a cube's.
        case unsupported
        /// A file cannot be written.
        case unwritable
        /// The request makes no sense.
        case badRequest
    }

    /// What went wrong, for programs.
    public let kind: Kind
    /// What went wrong, for people.
    public let message: String
    /// What the file does hold.
    public let candidates: [HelperCandidate]

    /// Describes a failure.
    public init(_ kind: Kind, _ message: String, candidates: [HelperCandidate] = []) {
        self.kind = kind
        self.message = message
        self.candidates = candidates
    }
}
