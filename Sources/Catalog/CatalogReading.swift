import Basics
import Foundation

/// What the reader and the writer have in common: every question of ``CatalogQueries``, each on a
/// snapshot of its own, or several on one through ``read(_:)``.
public protocol CatalogReading: Sendable {
    /// Runs several queries on one consistent snapshot. The queries must not leave the closure, and
    /// the closure must not call the same catalog object itself.
    func read<T>(_ body: (CatalogQueries) throws -> T) throws -> T
}

extension CatalogReading {
    /// See ``CatalogQueries/resolve(_:)``.
    public func resolve(_ text: String) throws -> SHA256Digest { try read { try $0.resolve(text) } }

    /// See ``CatalogQueries/cube(_:)``.
    public func cube(_ id: SHA256Digest) throws -> CubeRecord { try read { try $0.cube(id) } }

    /// See ``CatalogQueries/hasCube(_:)``.
    public func hasCube(_ id: SHA256Digest) throws -> Bool { try read { try $0.hasCube(id) } }

    /// See ``CatalogQueries/cubes(fromFile:)``.
    public func cubes(fromFile sha256: SHA256Digest) throws -> [SHA256Digest] {
        try read { try $0.cubes(fromFile: sha256) }
    }

    /// See ``CatalogQueries/search(_:)``.
    public func search(_ query: CubeQuery) throws -> [CubeSummary] {
        try read { try $0.search(query) }
    }

    /// See ``CatalogQueries/count(_:)``.
    public func count(_ query: CubeQuery) throws -> Int { try read { try $0.count(query) } }

    /// See ``CatalogQueries/cubesWithExactSamples()``.
    public func cubesWithExactSamples() throws -> [SHA256Digest] {
        try read { try $0.cubesWithExactSamples() }
    }

    /// See ``CatalogQueries/collections()``.
    public func collections() throws -> [CollectionSummary] { try read { try $0.collections() } }

    /// See ``CatalogQueries/currentEncoding(of:)``.
    public func currentEncoding(of cube: SHA256Digest) throws -> EncodingRecord? {
        try read { try $0.currentEncoding(of: cube) }
    }

    /// See ``CatalogQueries/encoding(of:base:)``.
    public func encoding(of cube: SHA256Digest, base version: Int) throws -> EncodingRecord? {
        try read { try $0.encoding(of: cube, base: version) }
    }

    /// See ``CatalogQueries/encodings(of:)``.
    public func encodings(of cube: SHA256Digest) throws -> [EncodingSummary] {
        try read { try $0.encodings(of: cube) }
    }

    /// See ``CatalogQueries/encodings(base:)``.
    public func encodings(base version: Int) throws -> [EncodingSummary] {
        try read { try $0.encodings(base: version) }
    }

    /// See ``CatalogQueries/currentEncodings()``.
    public func currentEncodings() throws -> [EncodingSummary] {
        try read { try $0.currentEncodings() }
    }

    /// See ``CatalogQueries/cubesNeedingEncoding(base:limit:)``.
    public func cubesNeedingEncoding(base version: Int, limit: Int? = nil) throws -> [SHA256Digest]
    {
        try read { try $0.cubesNeedingEncoding(base: version, limit: limit) }
    }

    /// See ``CatalogQueries/cubesWithoutEncoding(base:)``.
    public func cubesWithoutEncoding(base version: Int) throws -> [SHA256Digest] {
        try read { try $0.cubesWithoutEncoding(base: version) }
    }

    /// See ``CatalogQueries/cubesWithoutCurrentEncoding()``.
    public func cubesWithoutCurrentEncoding() throws -> [SHA256Digest] {
        try read { try $0.cubesWithoutCurrentEncoding() }
    }

    /// See ``CatalogQueries/bases()``.
    public func bases() throws -> [BaseNetworkRecord] { try read { try $0.bases() } }

    /// See ``CatalogQueries/base(_:)``.
    public func base(_ version: Int) throws -> BaseNetworkRecord {
        try read { try $0.base(version) }
    }

    /// See ``CatalogQueries/base(inState:)``.
    public func base(inState state: BaseNetworkState) throws -> BaseNetworkRecord? {
        try read { try $0.base(inState: state) }
    }

    /// See ``CatalogQueries/currentBase()``.
    public func currentBase() throws -> BaseNetworkRecord? { try read { try $0.currentBase() } }

    /// See ``CatalogQueries/nextBaseVersion()``.
    public func nextBaseVersion() throws -> Int { try read { try $0.nextBaseVersion() } }

    /// See ``CatalogQueries/nextBaseNumber(family:)``.
    public func nextBaseNumber(family: String) throws -> Int {
        try read { try $0.nextBaseNumber(family: family) }
    }

    /// See ``CatalogQueries/events(for:limit:)``.
    public func events(for cube: SHA256Digest, limit: Int? = nil) throws -> [EventRecord] {
        try read { try $0.events(for: cube, limit: limit) }
    }

    /// See ``CatalogQueries/events(objectKind:objectID:since:limit:)``.
    public func events(
        objectKind: String, objectID: String, since: Date? = nil, limit: Int? = nil
    ) throws -> [EventRecord] {
        try read {
            try $0.events(
                objectKind: objectKind, objectID: objectID, since: since, limit: limit)
        }
    }

    /// See ``CatalogQueries/events(since:limit:)``.
    public func events(since: Date? = nil, limit: Int? = nil) throws -> [EventRecord] {
        try read { try $0.events(since: since, limit: limit) }
    }

    /// See ``CatalogQueries/jobs(state:limit:)``.
    public func jobs(state: JobState, limit: Int? = nil) throws -> [JobRecord] {
        try read { try $0.jobs(state: state, limit: limit) }
    }

    /// See ``CatalogQueries/job(_:)``.
    public func job(_ id: Int64) throws -> JobRecord { try read { try $0.job(id) } }

    /// See ``CatalogQueries/jobCounts()``.
    public func jobCounts() throws -> [JobState: Int] { try read { try $0.jobCounts() } }

    /// See ``CatalogQueries/statistics()``.
    public func statistics() throws -> CatalogStatistics { try read { try $0.statistics() } }

    /// See ``CatalogQueries/referencedBlobs()``.
    public func referencedBlobs() throws -> Set<SHA256Digest> {
        try read { try $0.referencedBlobs() }
    }

    /// See ``CatalogQueries/allBlobs()``.
    public func allBlobs() throws -> [BlobRecord] { try read { try $0.allBlobs() } }

    /// See ``CatalogQueries/blob(_:)``.
    public func blob(_ digest: SHA256Digest) throws -> BlobRecord? {
        try read { try $0.blob(digest) }
    }

    /// See ``CatalogQueries/integrityCheck(thorough:)``.
    public func integrityCheck(thorough: Bool = false) throws -> [String] {
        try read { try $0.integrityCheck(thorough: thorough) }
    }
}
