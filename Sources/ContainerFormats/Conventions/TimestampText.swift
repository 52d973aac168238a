import Foundation

/// Moments as files write them: `2022-07-24T10:45:26`, `2022-08-27T06:07:53+0000`,
/// `2009-02-05 07:40:30.5Z`, `20220824T101520Z`. Without a zone they are UTC.
public enum TimestampText {
    /// The moment; nil where the text is not one in full, to the minute at least.
    public static func date(_ text: String) -> Date? {
        let pattern =
            /\s*(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(\.\d+)?)?\s*(?:Z|UTC|([+-])(\d\d):?(\d\d))?\s*/
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        var parts = DateComponents()
        parts.year = Int(match.1)
        parts.month = Int(match.2)
        parts.day = Int(match.3)
        parts.hour = Int(match.4)
        parts.minute = Int(match.5)
        parts.second = match.6.flatMap { Int($0) } ?? 0
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        parts.calendar = calendar
        guard parts.isValidDate, let date = calendar.date(from: parts) else { return nil }
        let fraction = match.7.flatMap { Double("0" + $0) } ?? 0
        let offsetMinutes =
            (match.9.flatMap { Int($0) } ?? 0) * 60 + (match.10.flatMap { Int($0) } ?? 0)
        let sign = match.8 == "-" ? -1.0 : 1.0
        return date.addingTimeInterval(fraction - sign * Double(offsetMinutes) * 60)
    }

    /// The moment as `2022-07-24T10:45:26Z`.
    public static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}
