import Archive
import Foundation

/// Decides whether background work pauses. Pure: hour and load come in as arguments.
public struct PausePolicy: Sendable {
    /// Work that paused for load goes on only below this part of the limit, lest it starts and
    /// stops all the time.
    private static let resumption = 0.8
    private let hours: HoursOfDay
    private let limitPercent: Double

    /// The policy of the settings.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where the hours make no sense.
    public init(_ settings: BackgroundSettings) throws {
        hours = try HoursOfDay(parsing: settings.hours)
        limitPercent = settings.pauseAboveLoadPercent
    }

    /// Why background work pauses now; nil where it may run.
    ///
    /// - Parameters:
    ///   - minuteOfDay: local time, in minutes from midnight.
    ///   - otherLoadPercent: share of the processors that other work takes; nil where unknown.
    ///   - isPausedForLoad: whether it pauses for load already.
    public func reasonToPause(
        minuteOfDay: Int, otherLoadPercent: Double?, isPausedForLoad: Bool
    ) -> PauseReason? {
        if !hours.contains(minute: minuteOfDay) { return .hours }
        guard limitPercent < 100, let otherLoadPercent else { return nil }
        let limit = isPausedForLoad ? limitPercent * Self.resumption : limitPercent
        return otherLoadPercent > limit ? .load : nil
    }
}
