import Basics
import Foundation

extension CatalogReading {
    /// See ``CatalogQueries/rotations(limit:)``.
    public func rotations(limit: Int? = nil) throws -> [RotationRecord] {
        try read { try $0.rotations(limit: limit) }
    }

    /// See ``CatalogQueries/latestRotation()``.
    public func latestRotation() throws -> RotationRecord? { try read { try $0.latestRotation() } }

    /// See ``CatalogQueries/latestTrial(of:)``.
    public func latestTrial(of version: Int? = nil) throws -> TrialRecord? {
        try read { try $0.latestTrial(of: version) }
    }

    /// See ``CatalogQueries/encodingWorkCounts()``.
    public func encodingWorkCounts() throws -> [EncodingWork: Int] {
        try read { try $0.encodingWorkCounts() }
    }

    /// See ``CatalogQueries/isWaiting(_:at:)``.
    public func isWaiting(_ kind: String, at now: Date = Date()) throws -> Bool {
        try read { try $0.isWaiting(kind, at: now) }
    }

    /// See ``CatalogQueries/jobCounts(kind:)``.
    public func jobCounts(kind: String) throws -> [JobState: Int] {
        try read { try $0.jobCounts(kind: kind) }
    }

    /// See ``CatalogQueries/highestCubeNumber()``.
    public func highestCubeNumber() throws -> Int { try read { try $0.highestCubeNumber() } }

    /// See ``CatalogQueries/intake(since:base:)``.
    public func intake(since moment: Date, base version: Int?) throws -> CubeIntakeTotals {
        try read { try $0.intake(since: moment, base: version) }
    }

    /// See ``CatalogQueries/collectionMarks()``.
    public func collectionMarks() throws -> [CollectionMark] {
        try read { try $0.collectionMarks() }
    }
}
