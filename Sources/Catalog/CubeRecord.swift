import Basics
import Cube
import Foundation

/// One cube of the archive: everything that the catalog knows of it except its encodings.
public struct CubeRecord: Sendable, Hashable, Codable {
    /// The cube's ID.
    public var id: SHA256Digest
    /// The name that people know it by, usually the file's without its extension.
    public var name: String
    /// The format of the source files, such as `envi`.
    public var format: String
    /// Everything about the cube except its samples.
    public var description: CubeDescription
    /// The collection that the cube belongs to; nil for none.
    public var collection: String?
    /// The user's key-value pairs.
    public var tags: [String: String]
    /// What was promised at ingest: `lossless`, `max-error=N`, `max-error=N%` or `latent`.
    public var fidelity: String
    /// The blob of the exactly coded samples; nil where only the latent was kept.
    public var exactBlob: SHA256Digest?
    /// Bytes on disk of the exact copy, headers and other kept parts included.
    public var exactStoredByteCount: Int
    /// Largest absolute error of the exact copy in the data's own units; 0 for lossless.
    public var maximumAbsoluteError: Double
    /// The variable inside the source file that holds the cube; nil where there is only one.
    public var variable: String?
    /// When the cube entered the archive.
    public var ingestedAt: Date
    /// The files that it came from, in the order in which they were given.
    public var sourceFiles: [SourceFileRecord]

    /// States what the catalog shall know of a cube.
    public init(
        id: SHA256Digest, name: String, format: String, description: CubeDescription,
        collection: String? = nil, tags: [String: String] = [:], fidelity: String,
        exactBlob: SHA256Digest?, exactStoredByteCount: Int, maximumAbsoluteError: Double,
        variable: String? = nil, ingestedAt: Date, sourceFiles: [SourceFileRecord]
    ) {
        self.id = id
        self.name = name
        self.format = format
        self.description = description
        self.collection = collection
        self.tags = tags
        self.fidelity = fidelity
        self.exactBlob = exactBlob
        self.exactStoredByteCount = exactStoredByteCount
        self.maximumAbsoluteError = maximumAbsoluteError
        self.variable = variable
        self.ingestedAt = ingestedAt
        self.sourceFiles = sourceFiles
    }

    /// Bytes of all source files.
    public var sourceByteCount: Int { sourceFiles.reduce(0) { $0 + $1.byteCount } }
}
