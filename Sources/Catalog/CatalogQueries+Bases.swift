import Basics
import Foundation
internal import GRDB

extension CatalogQueries {
    private static let baseColumns = """
        SELECT version, family, number, digest, state, trained_at, architecture, manifest, blob,
            byte_count, stored_byte_count
        FROM base_networks
        """

    /// All base networks, the newest first.
    public func bases() throws -> [BaseNetworkRecord] {
        try fetch(Self.baseColumns + " ORDER BY version DESC", StatementArguments(), baseNetwork)
    }

    /// One base network.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``.
    public func base(_ version: Int) throws -> BaseNetworkRecord {
        let sql = Self.baseColumns + " WHERE version = ?"
        guard let record = try fetchFirst(sql, [version], baseNetwork) else {
            throw CatalogError.notFound(kind: "base network", name: String(version))
        }
        return record
    }

    /// The base network in a state that only one can have, such as the current one; the newest
    /// where several have it, and nil where none does.
    public func base(inState state: BaseNetworkState) throws -> BaseNetworkRecord? {
        let sql = Self.baseColumns + " WHERE state = ? ORDER BY version DESC LIMIT 1"
        return try fetchFirst(sql, [state.rawValue], baseNetwork)
    }

    /// The base network that new cubes are encoded against; nil before the first rotation.
    public func currentBase() throws -> BaseNetworkRecord? { try base(inState: .current) }

    /// The version that the next base network shall have; none is given twice.
    public func nextBaseVersion() throws -> Int { try nextBaseNumber(family: Self.wholeArchive) }

    /// The number that the next base network of a family shall have; none is given twice.
    public func nextBaseNumber(family: String) throws -> Int {
        let sql = "SELECT last_number + 1 AS next FROM base_numbers WHERE family = ?"
        return try fetchFirst(sql, [family]) { try $0.integer("next") } ?? 1
    }

    /// The name under which the versions of the whole archive are counted.
    static let wholeArchive = ""

    private func baseNetwork(_ row: Row) throws -> BaseNetworkRecord {
        BaseNetworkRecord(
            version: try row.integer("version"), family: try row.text("family"),
            number: try row.integer("number"), digest: try row.digest("digest"),
            state: try row.choice("state", of: BaseNetworkState.self),
            trainedAt: try row.time("trained_at"), architecture: try row.text("architecture"),
            manifest: try row.text("manifest"), blob: try row.digest("blob"),
            byteCount: try row.integer("byte_count"),
            storedByteCount: try row.integer("stored_byte_count"))
    }
}
