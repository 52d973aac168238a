import Foundation

/// The acquisition time of an ENVI header.
enum ENVIAcquisitionTime {
    /// The time in `acquisition time`, in EMIT's `emit acquisition start time`, or in Specim's
    /// `acquisition date` and `Start Time`; nil where there is none that can be read.
    static func date(in header: ENVIHeader) -> Date? {
        for key in ["acquisition time", "emit acquisition start time"] {
            if let date = header.value(of: key).flatMap(date) { return date }
        }
        guard let day = header.value(of: "acquisition date") else { return nil }
        let time = header.value(of: "start time").map { " " + $0 } ?? ""
        return date(day + time)
    }

    /// The date, and where there is one the time, in a text such as `2009-08-20T09:44:50`, with
    /// other words around them. A time without a zone is UTC.
    static func date(_ text: String) -> Date? {
        let pattern = /(\d{4})-(\d{2})-(\d{2})/
        guard let day = text.firstMatch(of: pattern), let year = Int(day.1),
            let month = Int(day.2), let dayOfMonth = Int(day.3),
            let midnight = midnight(year: year, month: month, day: dayOfMonth)
        else { return nil }
        guard let seconds = secondsOfDay(text[day.range.upperBound...]) else { return midnight }
        return midnight.addingTimeInterval(seconds)
    }

    /// The text that ``date(_:)`` reads back, in UTC.
    static func text(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
    }

    private static func midnight(year: Int, month: Int, day: Int) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(year: year, month: month, day: day)
        guard parts.isValidDate(in: calendar), year > 0 else { return nil }
        return calendar.date(from: parts)
    }

    /// Seconds after midnight, UTC; nil where the text has no time of day.
    private static func secondsOfDay(_ text: Substring) -> Double? {
        let pattern = /(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?:Z|([+-])(\d{2}):?(\d{2}))?/
        guard let time = text.firstMatch(of: pattern), let hours = Double(time.1), hours < 25,
            let minutes = Double(time.2), minutes < 60
        else { return nil }
        let seconds = time.3.flatMap { Double($0) } ?? 0
        let shiftHours = time.5.flatMap { Double($0) } ?? 0
        let shiftMinutes = time.6.flatMap { Double($0) } ?? 0
        let shift = (shiftHours * 60 + shiftMinutes) * (time.4 == "-" ? -1 : 1)
        return (hours * 60 + minutes - shift) * 60 + seconds
    }
}
