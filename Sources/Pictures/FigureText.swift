import Foundation

/// Numbers as people read them.
enum FigureText {
    /// Endings of figure names that are units, and how they are written.
    private static let units: [(ending: String, text: String)] = [
        ("BytesPerSecond", "B/s"), ("SamplesPerSecond", "samples/s"), ("PerSecond", "/s"),
        ("Decibels", "dB"), ("Seconds", "s"), ("Bytes", "B"), ("Percent", "%"),
        ("Nanometers", "nm"), ("BitsPerSample", "bits/sample"),
    ]

    /// A figure with the unit that its name ends with: `psnrDecibels` 38.652 is `psnr 38.65 dB`.
    static func text(name: String, value: Double) -> String {
        let unit = units.first { name.hasSuffix($0.ending) && name.count > $0.ending.count }
        let stem = unit.map { String(name.dropLast($0.ending.count)) } ?? name
        let number = short(value)
        guard let unit else { return "\(words(stem)) \(number)" }
        let isScaled = number.last?.isLetter == true
        let separator = isScaled || unit.text.hasPrefix("/") ? "" : " "
        return "\(words(stem)) \(number)\(separator)\(unit.text)"
    }

    /// 12,345,678.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).map { end in
            digits.dropLast(digits.count - end).suffix(3)
        }
        return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// 0:07, 12:34 or 1:02:03.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "-:--" }
        let total = Int(max(0, seconds).rounded())
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest)
            : String(format: "%d:%02d", minutes, rest)
    }

    /// Four digits or so, with k, M or G for large numbers.
    private static func short(_ value: Double) -> String {
        let size = abs(value)
        for (limit, letter) in [(1e9, " G"), (1e6, " M"), (1e4, " k")] where size >= limit {
            let scale = letter == " k" ? 1e3 : limit
            return String(format: "%.1f", value / scale) + letter
        }
        if size == 0 { return "0" }
        if size >= 100 { return String(format: "%.0f", value) }
        return size >= 0.01 ? String(format: "%.2f", value) : String(format: "%.2e", value)
    }

    /// `innerLoss` as `inner loss`.
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            text += character.isUppercase ? " " + character.lowercased() : String(character)
        }
    }
}
