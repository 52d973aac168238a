import Basics

/// How the bytes of a source file can be had again.
public enum SourceStorage: Sendable, Hashable, Codable {
    /// The whole file is this blob.
    case blob(SHA256Digest)
    /// The file is the cube's samples in the layout that the text describes, after the bytes of
    /// `prefix` and before those of `trailing`.
    case samples(layout: String, prefix: SHA256Digest?, trailing: SHA256Digest?)
    /// The file's bytes were not kept.
    case notKept

    /// The blobs that the file needs.
    public var blobs: [SHA256Digest] {
        switch self {
        case .blob(let digest): [digest]
        case .samples(_, let prefix, let trailing): [prefix, trailing].compactMap { $0 }
        case .notKept: []
        }
    }
}
