import Foundation

/// Times as the catalog stores them: UTC, `2026-01-31T23:59:59.999Z`, always 24 characters, so that
/// the order of the texts is the order of the times. Years 0 to 9999; milliseconds, rounded.
enum CatalogTime {
    private static let millisecondsPerDay: Int64 = 86_400_000
    /// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z in milliseconds since 1970.
    private static let representable: ClosedRange<Double> =
        -62_167_219_200_000...253_402_300_799_999

    /// The text of a time; nil outside the years 0 to 9999.
    static func text(of date: Date) -> String? {
        let rounded = (date.timeIntervalSince1970 * 1000).rounded()
        guard representable.contains(rounded) else { return nil }
        let milliseconds = Int64(rounded)
        let day = Int64((Double(milliseconds) / Double(millisecondsPerDay)).rounded(.down))
        let inDay = Int(milliseconds - day * millisecondsPerDay)
        let (year, month, dayOfMonth) = civilDate(daysSince1970: Int(day))
        let seconds = inDay / 1000
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2) + "T"
            + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":"
            + padded(seconds % 60, 2) + "." + padded(inDay % 1000, 3) + "Z"
    }

    /// The time of a text; nil where the text is not exactly of the stored form.
    static func date(of text: String) -> Date? {
        let template = Array("0000-00-00T00:00:00.000Z".utf8)
        let characters = Array(text.utf8)
        guard characters.count == template.count else { return nil }
        var fields = [0]
        for (character, expected) in zip(characters, template) {
            if expected != UInt8(ascii: "0") {
                guard character == expected else { return nil }
                fields.append(0)
            } else {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else {
                    return nil
                }
                fields[fields.count - 1] *= 10
                fields[fields.count - 1] += Int(character - UInt8(ascii: "0"))
            }
        }
        return date(fields: fields)
    }

    /// `fields`: year, month, day, hour, minute, second, millisecond.
    private static func date(fields: [Int]) -> Date? {
        guard (1...12).contains(fields[1]), (1...31).contains(fields[2]), fields[3] < 24,
            fields[4] < 60, fields[5] < 60
        else { return nil }
        let days = daysSince1970(year: fields[0], month: fields[1], day: fields[2])
        let seconds = days * 86_400 + fields[3] * 3600 + fields[4] * 60 + fields[5]
        return Date(timeIntervalSince1970: Double(seconds) + Double(fields[6]) / 1000)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March so that
    /// the leap day comes last (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The inverse of ``daysSince1970(year:month:day:)``, by the same source.
    private static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
