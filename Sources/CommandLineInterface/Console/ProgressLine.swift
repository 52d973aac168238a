import Basics

/// One line that says how far a piece of work is.
enum ProgressLine {
    private static let barWidth = 24

    /// Such as `training  base 3  [########--------]  50 %  500/1000 iterations  psnrDecibels 38.2`.
    static func text(of report: ProgressReport, width: Int) -> String {
        var parts = [report.activity, PrintableText.line(report.subject)]
        if report.totalCount > 0 {
            let fraction = min(1, Double(report.completedCount) / Double(report.totalCount))
            parts.append(bar(fraction))
            parts.append("\(Int(fraction * 100)) %")
            parts.append("\(report.completedCount)/\(report.totalCount) \(report.unit)")
        } else {
            parts.append("\(report.completedCount) \(report.unit)")
        }
        for (name, value) in report.figures.sorted(by: { $0.key < $1.key }) {
            parts.append("\(name) \(FigureFormat.number(value))")
        }
        return PrintableText.cut(parts.joined(separator: "  "), to: width)
    }

    private static func bar(_ fraction: Double) -> String {
        let filled = Int(fraction * Double(barWidth))
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: barWidth - filled)
    }
}
