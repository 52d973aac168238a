import Basics
import Foundation

/// Single changes, each in a transaction of its own: the same as in ``CatalogTransaction``.
extension CatalogWriter {
    /// See ``CatalogTransaction/addCube(_:blobs:encoding:events:)``.
    public func addCube(
        _ cube: CubeRecord, blobs: [BlobRecord], encoding: NewEncoding? = nil,
        events: [EventRecord] = []
    ) throws -> AddOutcome {
        try batch { try $0.addCube(cube, blobs: blobs, encoding: encoding, events: events) }
    }

    /// See ``CatalogTransaction/addTag(_:_:to:)``.
    public func addTag(_ key: String, _ value: String, to cube: SHA256Digest) throws {
        try batch { try $0.addTag(key, value, to: cube) }
    }

    /// See ``CatalogTransaction/removeTag(_:from:)``.
    @discardableResult
    public func removeTag(_ key: String, from cube: SHA256Digest) throws -> Bool {
        try batch { try $0.removeTag(key, from: cube) }
    }

    /// See ``CatalogTransaction/setCollection(_:of:)``.
    public func setCollection(_ collection: String?, of cube: SHA256Digest) throws {
        try batch { try $0.setCollection(collection, of: cube) }
    }

    /// See ``CatalogTransaction/addBlobs(_:)``.
    public func addBlobs(_ blobs: [BlobRecord]) throws { try batch { try $0.addBlobs(blobs) } }

    /// See ``CatalogTransaction/removeBlobs(_:)``.
    public func removeBlobs(_ digests: some Sequence<SHA256Digest>) throws {
        try batch { try $0.removeBlobs(digests) }
    }

    /// See ``CatalogTransaction/flipEncoding(of:to:events:)``.
    @discardableResult
    public func flipEncoding(
        of cube: SHA256Digest, to encoding: NewEncoding, events: [EventRecord] = []
    ) throws -> Int64 {
        try batch { try $0.flipEncoding(of: cube, to: encoding, events: events) }
    }

    /// See ``CatalogTransaction/rejectEncoding(of:_:events:)``.
    public func rejectEncoding(
        of cube: SHA256Digest, _ encoding: NewEncoding, events: [EventRecord] = []
    ) throws {
        try batch { try $0.rejectEncoding(of: cube, encoding, events: events) }
    }

    /// See ``CatalogTransaction/deleteEncodings(baseVersion:)``.
    @discardableResult
    public func deleteEncodings(baseVersion: Int) throws -> Int {
        try batch { try $0.deleteEncodings(baseVersion: baseVersion) }
    }

    /// See ``CatalogTransaction/addBase(_:blobs:events:)``.
    public func addBase(
        _ base: BaseNetworkRecord, blobs: [BlobRecord], events: [EventRecord] = []
    ) throws {
        try batch { try $0.addBase(base, blobs: blobs, events: events) }
    }

    /// See ``CatalogTransaction/setBaseStates(_:events:)``.
    public func setBaseStates(
        _ states: [Int: BaseNetworkState], events: [EventRecord] = []
    ) throws {
        try batch { try $0.setBaseStates(states, events: events) }
    }

    /// See ``CatalogTransaction/promoteBase(_:events:)``.
    public func promoteBase(_ version: Int, events: [EventRecord] = []) throws {
        try batch { try $0.promoteBase(version, events: events) }
    }

    /// See ``CatalogTransaction/removeBase(_:events:)``.
    public func removeBase(_ version: Int, events: [EventRecord] = []) throws {
        try batch { try $0.removeBase(version, events: events) }
    }

    /// See ``CatalogTransaction/recordEvents(_:)``.
    public func recordEvents(_ events: [EventRecord]) throws {
        try batch { try $0.recordEvents(events) }
    }

    /// See ``CatalogTransaction/recordEvent(_:)``.
    public func recordEvent(_ event: EventRecord) throws { try recordEvents([event]) }

    /// See ``CatalogTransaction/enqueue(kind:subject:payload:priority:at:)``.
    @discardableResult
    public func enqueue(
        kind: String, subject: String, payload: String = "{}", priority: Int = 0,
        at now: Date = Date()
    ) throws -> Int64 {
        try batch {
            try $0.enqueue(
                kind: kind, subject: subject, payload: payload, priority: priority, at: now)
        }
    }

    /// See ``CatalogTransaction/claim(kinds:at:)``.
    public func claim(kinds: [String]? = nil, at now: Date = Date()) throws -> JobRecord? {
        try batch { try $0.claim(kinds: kinds, at: now) }
    }

    /// See ``CatalogTransaction/finish(_:at:)``.
    public func finish(_ job: Int64, at now: Date = Date()) throws {
        try batch { try $0.finish(job, at: now) }
    }

    /// See ``CatalogTransaction/fail(_:error:retryAt:at:)``.
    public func fail(
        _ job: Int64, error: String, retryAt: Date? = nil, at now: Date = Date()
    ) throws {
        try batch { try $0.fail(job, error: error, retryAt: retryAt, at: now) }
    }

    /// See ``CatalogTransaction/cancel(_:at:)``.
    public func cancel(_ job: Int64, at now: Date = Date()) throws {
        try batch { try $0.cancel(job, at: now) }
    }

    /// See ``CatalogTransaction/requeueRunning()``; the writer does it when it opens.
    @discardableResult
    public func requeueRunning() throws -> Int { try batch { try $0.requeueRunning() } }

    /// See ``CatalogTransaction/removeJobs(finishedBefore:)``.
    @discardableResult
    public func removeJobs(finishedBefore time: Date) throws -> Int {
        try batch { try $0.removeJobs(finishedBefore: time) }
    }
}
