import Basics
import Catalog
import Foundation

/// How the latest rotation is doing; its keys are part of the JSON interface.
public struct RotationStatus: Sendable, Codable {
    /// The version that it is to.
    public var version: Int
    /// `running`, `done`, `superseded`, `cancelled` or `rolled-back`.
    public var state: String
    /// Cubes that were queued for it.
    public var cubeCount: Int
    /// Cubes that are still to be tried.
    public var remainingCubeCount: Int
    /// Cubes that it switched from an earlier latent.
    public var flippedCubeCount: Int
    /// When it began (UTC).
    public var startedAt: Date
    /// When it ended (UTC); nil while it is running.
    public var finishedAt: Date?
    /// When it will end at the pace so far (UTC); nil where that cannot be told.
    public var expectedEndAt: Date?
    /// Until when it can be taken back (UTC); nil while it is running, or where it cannot be.
    public var rollbackUntil: Date?
}

extension Archive {
    func rotationStatus(at now: Date = Date()) throws -> RotationStatus? {
        guard let latest = try catalog.latestRotation() else { return nil }
        let remaining =
            latest.state == .running ? try catalog.encodingWorkCounts().values.reduce(0, +) : 0
        let done = latest.cubeCount - remaining
        let elapsed = now.timeIntervalSince(latest.startedAt)
        let canBeTakenBack = latest.oldVersion != nil
        return RotationStatus(
            version: latest.newVersion, state: latest.state.rawValue, cubeCount: latest.cubeCount,
            remainingCubeCount: remaining,
            flippedCubeCount: try catalog.read { try $0.flipCount(ofRotation: latest.id) },
            startedAt: latest.startedAt, finishedAt: latest.finishedAt,
            expectedEndAt: latest.state == .running && done > 0
                ? now.addingTimeInterval(elapsed / Double(done) * Double(remaining)) : nil,
            rollbackUntil: canBeTakenBack
                ? latest.finishedAt?.addingTimeInterval(settings.rotation.graceDays * 86_400)
                : nil)
    }
}
