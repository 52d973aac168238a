import Foundation

/// Byte counts for people: three significant digits in powers of 1024.
enum ByteCountFormat {
    private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

    /// Such as `742 B`, `1.21 MiB` or `28.1 GiB`.
    static func text(_ byteCount: Int) -> String {
        var value = Double(byteCount)
        var unit = 0
        while value >= 999.5, unit + 1 < units.count {
            value /= 1024
            unit += 1
        }
        if unit == 0 { return "\(byteCount) B" }
        let decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
        return String(format: "%.\(decimals)f ", value) + units[unit]
    }

    /// The same with the exact number behind it.
    static func exactText(_ byteCount: Int) -> String {
        byteCount < 1000 ? text(byteCount) : "\(text(byteCount)) (\(byteCount) bytes)"
    }
}
