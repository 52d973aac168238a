import ArgumentParser
import Foundation

/// A point in time to search by: an ISO 8601 date or date-time, possibly cut short.
///
/// `2024`, `2024-05`, `2024-05-17`, `2024-05-17T10:30`, `2024-05-17T10:30:00Z` and
/// `2024-05-17T10:30:00+02:00` are all understood; without an offset the time is UTC. Each means a
/// span: a year, a month, a day, a minute or a second.
struct SearchTime: ExpressibleByArgument, Equatable {
    /// The first moment of the span, for `--since`.
    let first: Date
    /// The last moment of the span (to the millisecond), for `--until`.
    let last: Date

    /// Reads the text; nil where it names no time.
    init?(argument: String) {
        let pattern =
            /(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?/
        guard let match = argument.wholeMatch(of: pattern) else { return nil }
        let fields = match.output
        let values = [fields.1, fields.2, fields.3, fields.4, fields.5, fields.6]
            .map { $0.flatMap { Int($0) } }
        guard let offset = Self.offsetSeconds(fields.7),
            let span = Self.span(values, offsetSeconds: offset)
        else { return nil }
        first = span.start
        last = span.end.addingTimeInterval(-0.001)
    }

    /// `values`: year, month, day, hour, minute, second, as far as they are given.
    private static func span(_ values: [Int?], offsetSeconds: Int) -> DateInterval? {
        guard let zone = TimeZone(secondsFromGMT: offsetSeconds) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        var parts = DateComponents()
        parts.year = values[0]
        parts.month = values[1] ?? 1
        parts.day = values[2] ?? 1
        parts.hour = values[3] ?? 0
        parts.minute = values[4] ?? 0
        parts.second = values[5] ?? 0
        let units: [Calendar.Component] = [.year, .month, .day, .hour, .minute, .second]
        let finest = values.lastIndex { $0 != nil } ?? 0
        guard parts.isValidDate(in: calendar), let start = calendar.date(from: parts),
            let end = calendar.date(byAdding: units[finest], value: 1, to: start)
        else { return nil }
        return DateInterval(start: start, end: end)
    }

    /// Seconds east of Greenwich; nil where the text is no offset.
    private static func offsetSeconds(_ text: Substring?) -> Int? {
        guard let text, text != "Z" else { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours <= 14,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (text.hasPrefix("-") ? -1 : 1)
    }
}
