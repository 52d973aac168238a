import Basics
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Adds a base network.
    ///
    /// - Parameter blobs: Blobs that are safely on disk, the network's own among them.
    /// - Throws: ``CatalogError/refused(path:reason:)`` where the version exists, its blob is
    ///   unknown, or its state is one that another base network has and only one may have;
    ///   ``CatalogError/invalidRecord(subject:reason:)`` where architecture or manifest is not
    ///   JSON.
    public func addBase(
        _ base: BaseNetworkRecord, blobs: [BlobRecord], events: [EventRecord] = []
    ) throws {
        let sql = """
            INSERT INTO base_networks (version, family, number, digest, state, trained_at,
                architecture, manifest, blob, byte_count, stored_byte_count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try atomically {
            try addBlobs(blobs)
            try requireJSON(base.architecture, "the architecture of base \(base.version)")
            try requireJSON(base.manifest, "the manifest of base \(base.version)")
            let trainedAt = try text(of: base.trainedAt, "base network \(base.version)")
            try execute(
                sql,
                [
                    base.version, base.family, base.number, base.digest.column,
                    base.state.rawValue, trainedAt, base.architecture, base.manifest,
                    base.blob.column, base.byteCount, base.storedByteCount,
                ])
            try keepNumber(base.number, family: base.family)
            try keepNumber(base.version, family: CatalogQueries.wholeArchive)
            try recordEvents(events)
        }
    }

    /// Remembers that a number was given, so that it is not given again.
    private func keepNumber(_ number: Int, family: String) throws {
        let sql = """
            INSERT INTO base_numbers (family, last_number) VALUES (?, ?)
            ON CONFLICT (family) DO UPDATE SET last_number = max(last_number, excluded.last_number)
            """
        try execute(sql, [family, number])
    }

    /// Gives base networks new states, all at once.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown version,
    ///   ``CatalogError/refused(path:reason:)`` where two would be current or previous.
    public func setBaseStates(
        _ states: [Int: BaseNetworkState], events: [EventRecord] = []
    ) throws {
        let sql = "UPDATE base_networks SET state = ? WHERE version = ?"
        try atomically {
            // Two that change places would meet in the unique index, so all step aside first.
            for version in states.keys {
                guard try execute(sql, [BaseNetworkState.retired.rawValue, version]) == 1 else {
                    throw CatalogError.notFound(kind: "base network", name: String(version))
                }
            }
            for (version, state) in states { try execute(sql, [state.rawValue, version]) }
            try recordEvents(events)
        }
    }

    /// Makes a base network the current one: the current becomes the previous, and the previous is
    /// retired. Promoting the previous swaps the two, which is a rollback; promoting the current
    /// changes no state.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown version.
    public func promoteBase(_ version: Int, events: [EventRecord] = []) throws {
        let current = try queries.currentBase()?.version
        let previous = try queries.base(inState: .previous)?.version
        var states: [Int: BaseNetworkState] = [:]
        if let previous, current != version { states[previous] = .retired }
        if let current { states[current] = .previous }
        states[version] = .current
        try setBaseStates(states, events: events)
    }

    /// Forgets a retired base network and its encodings, so that its blob can be collected.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown version,
    ///   ``CatalogError/invalidRecord(subject:reason:)`` where it is not retired,
    ///   ``CatalogError/baseInUse(version:cubeCount:)`` where a cube is decoded with it.
    public func removeBase(_ version: Int, events: [EventRecord] = []) throws {
        try atomically {
            guard try queries.base(version).state == .retired else {
                throw CatalogError.invalidRecord(
                    subject: "the removal of base network \(version)", reason: "it is not retired")
            }
            try deleteEncodings(baseVersion: version)
            try execute("DELETE FROM base_networks WHERE version = ?", [version])
            try recordEvents(events)
        }
    }
}
