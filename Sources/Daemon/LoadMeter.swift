import Foundation

/// Measures how busy the processors are with work other than ours.
///
/// Linux counts the time of threads with a lowered priority apart (the column `nice` of
/// /proc/stat), and all our background work runs there: what is left is the load that it must make
/// way for.
public struct LoadMeter {
    private struct Sample {
        var at: Date
        var busy: Double
        var total: Double
    }

    /// Least time between two samples.
    private static let periodSeconds = 5.0
    private let read: () -> String?
    private var last: Sample?
    private var percent: Double?

    /// - Parameter read: gives the text of /proc/stat; nil where there is none.
    public init(read: @escaping () -> String? = Self.systemStatistics) { self.read = read }

    /// The text of /proc/stat.
    public static func systemStatistics() -> String? {
        FileManager.default.contents(atPath: "/proc/stat").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Share of the processors that other work took of late, in percent; nil while that is unknown.
    public mutating func otherLoadPercent(at now: Date) -> Double? {
        if let last, now.timeIntervalSince(last.at) < Self.periodSeconds { return percent }
        guard let sample = sample(at: now) else { return nil }
        if let last, sample.total > last.total {
            percent = 100 * (sample.busy - last.busy) / (sample.total - last.total)
        }
        last = sample
        return percent
    }

    /// The columns are user, nice, system, idle, iowait, irq, softirq, steal.
    private func sample(at now: Date) -> Sample? {
        guard let line = read()?.split(separator: "\n").first(where: { $0.hasPrefix("cpu ") })
        else { return nil }
        let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count == 8 else { return nil }
        let busy = ticks[0] + ticks[2] + ticks[5] + ticks[6] + ticks[7]
        return Sample(at: now, busy: busy, total: ticks.reduce(0, +))
    }
}
