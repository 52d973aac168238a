import Basics
import Catalog
import Foundation

extension Archive {
    /// What happened to one thing or, without a name, in the whole archive, the latest first.
    ///
    /// - Parameters:
    ///   - name: a base network as ``BaseReference`` reads it, or a cube's ID or name. Digits that
    ///     might begin either a cube's ID or a base network's SHA-256 are the cube's, if there is
    ///     one.
    ///   - since: the earliest time; nil for the beginning.
    ///   - limit: the latest so many; nil for all.
    /// - Throws: ``CatalogError/notFound(kind:name:)`` and the like, or
    ///   ``ArchiveError/noBaseNetwork(version:)``.
    public func history(
        of name: String? = nil, since: Date? = nil, limit: Int? = nil
    ) throws -> [HistoryEntry] {
        let events =
            if let name {
                try events(of: historyObject(name), since: since, limit: limit)
            } else {
                try catalog.events(since: since, limit: limit)
            }
        return events.map { HistoryEntry($0) }
    }

    private func events(
        of object: (kind: String, id: String), since: Date?, limit: Int?
    ) throws -> [EventRecord] {
        var events = try catalog.events(
            objectKind: object.kind, objectID: object.id, since: since, limit: limit)
        if object.kind == "base", let start = try startOfTraining(version: object.id),
            start.at >= since ?? .distantPast
        {
            events.append(start)
            events.sort { $0.id ?? 0 > $1.id ?? 0 }
        }
        return Array(events.prefix(limit ?? .max))
    }

    /// The event at the start of the training that made a version; nil where no training made it,
    /// or an earlier program did, which recorded no start.
    private func startOfTraining(version: String) throws -> EventRecord? {
        try catalog.read { queries in
            let own = try queries.events(objectKind: "base", objectID: version)
            let end = own.last { $0.action == ArchiveAction.train.rawValue }?.id
            return try end.flatMap { try queries.startOfTraining(endingWith: $0) }
        }
    }

    /// A base network where the name can only be one, else a cube, else a base network.
    private func historyObject(_ name: String) throws -> (kind: String, id: String) {
        let reference = BaseReference(name)
        let version = try reference.flatMap { try knownVersion($0) }
        if let version, reference?.looksLikeCube == false { return ("base", String(version)) }
        do {
            return ("cube", try catalog.resolve(name).hexadecimal)
        } catch CatalogError.notFound {
            if let version { return ("base", String(version)) }
            throw CatalogError.notFound(kind: "cube or base network", name: name)
        }
    }

    /// The version that is meant; a base network that was collected is gone, but its history is
    /// not. Nil where there is neither.
    private func knownVersion(_ reference: BaseReference) throws -> Int? {
        if case .version(let version) = reference,
            try !catalog.events(objectKind: "base", objectID: String(version), limit: 1).isEmpty
        {
            return version
        }
        let named = try catalog.bases().filter(reference.names)
        return reference.looksLikeCube && named.count > 1 ? nil : named.first?.version
    }
}

extension CatalogQueries {
    /// The event at the start of the training whose end another event records: the latest before,
    /// because one training at a time is under way. nil where no start was recorded.
    func startOfTraining(endingWith end: Int64) throws -> EventRecord? {
        let start = try latestEvent(
            ofActions: [ArchiveAction.train, .trainStart].map(\.rawValue),
            on: ["base", "training"], before: end)
        return start?.action == ArchiveAction.trainStart.rawValue ? start : nil
    }
}
