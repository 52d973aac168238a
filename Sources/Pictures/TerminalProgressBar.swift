import Basics
import Foundation

/// Formats progress as one line of a terminal: what, how far, the figures and the time.
///
///     training base-2 ████████▎░░░░░░░   52 %  1,250/2,400 iterations  1:10, 1:05 left
///
/// A wider terminal adds the figures. On a narrower one the counts go first, then the bar, then the
/// time; the subject is shortened last.
public struct TerminalProgressBar: Sendable {
    /// Width of the terminal in characters.
    public let columnCount: Int
    /// Whether only ASCII may be used.
    public let isPlain: Bool

    /// A formatter for a terminal of at least 20 characters; fewer are taken as that.
    public init(columnCount: Int = 80, isPlain: Bool = false) {
        self.columnCount = max(20, columnCount)
        self.isPlain = isPlain
    }

    /// One line of at most `columnCount` characters, without a line break or control characters.
    ///
    /// - Parameters:
    ///   - report: how far the work is. Where its total is 0 there is no bar and no percentage.
    ///   - elapsedSeconds: since the work began.
    public func line(for report: ProgressReport, elapsedSeconds: Double) -> String {
        let share = Self.share(of: report)
        let head = Self.printable(report.activity + " " + report.subject)
        let percent = share.map { String(format: "%3.0f %%", ($0 * 100).rounded(.down)) }
        let counts = Self.counts(of: report)
        let figures = report.figures.sorted { $0.key < $1.key }.map {
            Self.printable(FigureText.text(name: $0.key, value: $0.value))
        }
        let time = Self.time(elapsedSeconds, share: share)
        let attempts: [(bar: Int, parts: [String?])] = [
            (24, [percent, counts] + figures + [time]), (12, [percent, counts] + figures + [time]),
            (12, [percent, counts] + Array(figures.prefix(1)) + [time]),
            (12, [percent, counts, time]),
            (8, [percent, time]), (0, [percent, time]),
            (0, [percent]),
        ]
        for attempt in attempts {
            let bar = share.map { attempt.bar > 0 ? [self.bar($0, width: attempt.bar)] : [] } ?? []
            let line = ([head] + bar).joined(separator: " ")
            let text = Self.joined([line] + attempt.parts.compactMap { $0 })
            if text.count <= columnCount { return text }
        }
        let tail = percent.map { " " + $0 } ?? ""
        return shortened(head, to: columnCount - tail.count) + tail
    }

    /// The finished part of the work, 0...1; nil where the total is not known.
    private static func share(of report: ProgressReport) -> Double? {
        guard report.totalCount > 0 else { return nil }
        return max(0, min(1, Double(report.completedCount) / Double(report.totalCount)))
    }

    /// A bar of exactly `width` characters.
    private func bar(_ share: Double, width: Int) -> String {
        if isPlain {
            let full = Int(share * Double(width - 2))
            return "[" + String(repeating: "#", count: full)
                + String(repeating: ".", count: width - 2 - full) + "]"
        }
        let eighths = Int(share * Double(width * 8))
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let bar = String(repeating: "█", count: eighths / 8) + partial
        return bar + String(repeating: "░", count: width - bar.count)
    }

    private static func counts(of report: ProgressReport) -> String {
        let done = FigureText.grouped(report.completedCount)
        let total = report.totalCount > 0 ? "/" + FigureText.grouped(report.totalCount) : ""
        return printable("\(done)\(total) \(report.unit)")
    }

    /// The time so far and, once there is something to judge by, the time that is left.
    private static func time(_ elapsed: Double, share: Double?) -> String {
        let text = FigureText.duration(elapsed)
        guard let share, share > 0, share < 1, elapsed >= 1 else { return text }
        return text + ", " + FigureText.duration(elapsed / share - elapsed) + " left"
    }

    private static func joined(_ parts: [String]) -> String { parts.joined(separator: "  ") }

    private func shortened(_ text: String, to count: Int) -> String {
        guard text.count > count else { return text }
        let mark = isPlain ? "..." : "…"
        return text.prefix(max(0, count - mark.count)) + mark
    }

    /// File names may hold anything, and a terminal obeys control characters.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "?"
                    default: scalar
                    }
                }))
    }
}
