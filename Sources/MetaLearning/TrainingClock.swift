import Basics
import Foundation

/// Measures a training against its limits, resumed runs included, and says when to report.
struct TrainingClock {
    private let settings: TrainingSettings
    private let earlierSeconds: Double
    private let start = ContinuousClock.now
    private var lastCheckpointSeconds: Double
    private var lastReportSeconds = -Double.infinity

    init(settings: TrainingSettings, state: TrainingState) {
        self.settings = settings
        earlierSeconds = state.seconds
        lastCheckpointSeconds = state.seconds
    }

    /// Seconds of training so far.
    var seconds: Double {
        let parts = (ContinuousClock.now - start).components
        return earlierSeconds + Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }

    /// The part of the budget that is used, by whichever limit is nearer; 1 or more at the end.
    func fraction(of state: TrainingState) -> Double {
        let byIterations = settings.iterationLimit.map { limit in
            state.iteration >= limit ? 1 : Double(state.iteration) / Double(limit)
        }
        let byTime = settings.timeLimitSeconds.map { limit in
            state.seconds >= limit ? 1 : state.seconds / limit
        }
        return max(byIterations ?? 0, byTime ?? 0)
    }

    /// Whether it is time for a checkpoint; true once per interval.
    var isCheckpointDue: Bool {
        mutating get {
            guard seconds - lastCheckpointSeconds >= settings.checkpointIntervalSeconds else {
                return false
            }
            lastCheckpointSeconds = seconds
            return true
        }
    }

    /// Whether it is time for a report; true about once a second.
    var isReportDue: Bool {
        mutating get {
            guard seconds - lastReportSeconds >= 1 else { return false }
            lastReportSeconds = seconds
            return true
        }
    }

    func report(_ state: TrainingState, heldOutDecibels: Double?) -> ProgressReport {
        let fraction = fraction(of: state)
        let elapsed = state.seconds
        let remaining = fraction > 0 ? elapsed * max(0, 1 - fraction) / fraction : 0
        let loss = state.smoothedLoss
        var figures = [
            "psnrDecibels": loss > 0 ? -10 * log10(loss) : 0, "loss": loss,
            "secondsRemaining": remaining,
        ]
        figures["heldOutPSNRDecibels"] = heldOutDecibels
        return ProgressReport(
            activity: "training", subject: "base network", completedCount: state.iteration,
            totalCount: fraction > 0 ? Int(Double(state.iteration) / fraction) : 0,
            unit: "iterations",
            figures: figures)
    }
}
