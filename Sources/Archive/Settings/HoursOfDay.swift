import Foundation

/// A span of the day, such as 20:00-06:00, in the local time of whoever asks.
public struct HoursOfDay: Sendable, Equatable {
    private static let minutesPerDay = 24 * 60

    /// First minute of the span, counted from midnight; nil for the whole day.
    public let firstMinute: Int?
    /// The minute after the span; it may lie before the first, beyond midnight.
    public let endMinute: Int

    /// Reads `HH:MM-HH:MM`; an empty text means the whole day.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)``.
    public init(parsing text: String) throws {
        if text.isEmpty {
            firstMinute = nil
            endMinute = 0
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.minute(parts[0]), let end = Self.minute(parts[1]),
            first != end
        else {
            throw ArchiveError.badArgument(
                reason: "'\(text)' is no span of the day such as 20:00-06:00")
        }
        firstMinute = first
        endMinute = end
    }

    /// Whether a minute of the day, counted from midnight, lies within the span.
    public func contains(minute: Int) -> Bool {
        guard let firstMinute else { return true }
        return firstMinute < endMinute
            ? minute >= firstMinute && minute < endMinute
            : minute >= firstMinute || minute < endMinute
    }

    private static func minute(_ text: Substring) -> Int? {
        guard let match = text.wholeMatch(of: /(\d\d):(\d\d)/), let hour = Int(match.1),
            let minute = Int(match.2), hour <= 24, minute < 60
        else { return nil }
        let total = hour * 60 + minute
        return total <= minutesPerDay ? total % minutesPerDay : nil
    }
}
