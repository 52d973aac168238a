import Basics

/// How a measured quality has changed over a piece of work, in few points however long it takes:
/// where there are too many, every other one goes, and from then on half as many are taken.
struct TrainingCurve {
    private static let maximumCount = 240
    private static let figure = "psnrDecibels"

    /// The points, in order.
    private(set) var points: [CurvePoint] = []
    private var stride = 1
    private var seenCount = 0

    /// Adds what a report says; one without a PSNR adds nothing.
    mutating func add(_ report: ProgressReport) {
        guard let decibels = report.figures[Self.figure], decibels.isFinite else { return }
        defer { seenCount += 1 }
        guard seenCount % stride == 0 else { return }
        points.append(
            CurvePoint(completedCount: report.completedCount, psnrDecibels: decibels))
        if points.count > Self.maximumCount {
            points = points.indices.filter { $0 % 2 == 0 }.map { points[$0] }
            stride *= 2
        }
    }
}
