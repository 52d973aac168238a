import Basics
import Foundation

/// What the catalog knows of one base network.
public struct BaseNetworkRecord: Sendable, Hashable, Codable {
    /// The version, counted from 1 over the whole archive.
    public var version: Int
    /// What its outputs stand for: networks of one family are versions of each other.
    public var family: String
    /// Its number in its family, counted from 1.
    public var number: Int
    /// The SHA-256 of the network's parameters as its file holds them.
    public var digest: SHA256Digest
    /// Its part in the archive.
    public var state: BaseNetworkState
    /// When its training ended.
    public var trainedAt: Date
    /// Its shape, as JSON.
    public var architecture: String
    /// How it was trained and judged, as JSON.
    public var manifest: String
    /// The blob that holds it.
    public var blob: SHA256Digest
    /// Bytes of the network's file.
    public var byteCount: Int
    /// Bytes on disk of its blob.
    public var storedByteCount: Int

    /// Describes a base network; without a number in its family it has its version there.
    public init(
        version: Int, family: String = "main", number: Int? = nil, digest: SHA256Digest,
        state: BaseNetworkState, trainedAt: Date,
        architecture: String, manifest: String, blob: SHA256Digest, byteCount: Int,
        storedByteCount: Int
    ) {
        self.version = version
        self.family = family
        self.number = number ?? version
        self.digest = digest
        self.state = state
        self.trainedAt = trainedAt
        self.architecture = architecture
        self.manifest = manifest
        self.blob = blob
        self.byteCount = byteCount
        self.storedByteCount = storedByteCount
    }
}
