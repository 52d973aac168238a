import Foundation

/// Measured values for people.
enum FigureFormat {
    /// What stands where there is no value.
    static let none = "-"

    /// A PSNR in decibels; where there is none, the reconstruction is exact.
    static func decibels(_ value: Double?) -> String {
        value.map { String(format: "%.2f dB", $0) } ?? "exact"
    }

    /// Bits per pixel per band, with three significant digits.
    static func bitsPerSample(_ value: Double) -> String { number(value) + " bpppb" }

    /// Any value with four significant digits.
    static func number(_ value: Double) -> String { String(format: "%.4g", value) }

    /// A wavelength in nanometres.
    static func nanometers(_ value: Double) -> String { String(format: "%.1f nm", value) }

    /// Seconds as a clock where there are many.
    static func seconds(_ value: Double) -> String {
        if value < 60 { return String(format: "%.2f s", value) }
        let whole = Int(value.rounded())
        let minutes = String(format: "%d:%02d", whole / 60 % 60, whole % 60)
        return whole < 3600
            ? minutes + " min" : String(format: "%d:%02d h", whole / 3600, whole / 60 % 60)
    }

    /// The first digits of an ID, enough to be unique in most archives.
    static func shortID(_ hexadecimal: String) -> String { String(hexadecimal.prefix(12)) }

    /// A day in UTC, such as `2026-01-31`.
    static func day(_ date: Date) -> String { String(time(date).prefix(10)) }

    /// A time in UTC, such as `2026-01-31T23:59:59Z`.
    static func time(_ date: Date) -> String { date.formatted(.iso8601) }

    /// A count with its noun: `1 cube`, `2 cubes`.
    static func count(_ value: Int, _ noun: String) -> String {
        value == 1 ? "1 \(noun)" : "\(value) \(noun)s"
    }
}
