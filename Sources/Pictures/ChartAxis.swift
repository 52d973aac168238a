import Foundation

/// One axis: its range, widened to round numbers, and its ticks.
struct ChartAxis {
    /// A labelled place on the axis.
    struct Tick: Equatable {
        /// The place in the axis's own values.
        let value: Double
        /// What is written there; empty for a minor tick.
        let label: String
    }

    let scale: ChartScale
    /// Lowest and highest value shown.
    let range: ClosedRange<Double>
    /// Ticks inside the range, ascending.
    let ticks: [Tick]

    /// An axis over some values, whose range may be given instead of found.
    ///
    /// - Parameters:
    ///   - isTight: a found range ends at the values themselves instead of at round numbers.
    ///   - tickCount: about how many ticks there should be.
    init(
        _ values: [Double], scale: ChartScale, fixed: ClosedRange<Double>?, isTight: Bool,
        tickCount: Int
    ) {
        self.scale = scale
        let usable = values.filter { $0.isFinite && (scale == .linear || $0 > 0) }
        let found = (usable.min() ?? 0)...(usable.max() ?? 1)
        let wanted = Self.widened(fixed ?? found, scale)
        switch scale {
        case .linear:
            let step = Self.roundStep((wanted.upperBound - wanted.lowerBound) / Double(tickCount))
            let isExact = fixed != nil || isTight
            let low = isExact ? wanted.lowerBound : (wanted.lowerBound / step).rounded(.down) * step
            let high = isExact ? wanted.upperBound : (wanted.upperBound / step).rounded(.up) * step
            range = low...high
            ticks = Self.linearTicks(range, step: step)
        case .logarithmic:
            let isExact = fixed != nil || isTight
            let low = isExact ? wanted.lowerBound : wanted.lowerBound / 1.15
            range = low...(isExact ? wanted.upperBound : wanted.upperBound * 1.15)
            ticks = Self.logarithmicTicks(range)
        }
    }

    /// Where a value lies along the axis, 0...1 inside the range; nil where it has no place.
    func position(of value: Double) -> Double? {
        guard value.isFinite else { return nil }
        switch scale {
        case .linear: return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .logarithmic:
            guard value > 0 else { return nil }
            return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
        }
    }

    /// A range of no width gets one; a logarithmic range is positive.
    private static func widened(
        _ range: ClosedRange<Double>, _ scale: ChartScale
    ) -> ClosedRange<Double> {
        let low = range.lowerBound
        let high = range.upperBound
        if scale == .logarithmic {
            guard low > 0 else { return 0.1...max(1, high) }
            return high > low ? range : (low / 2)...(low * 2)
        }
        if high > low { return range }
        let margin = low == 0 ? 1 : abs(low) * 0.1
        return (low - margin)...(low + margin)
    }

    /// 1, 2 or 5 times a power of ten, not less than half of `step` nor much more than it.
    private static func roundStep(_ step: Double) -> Double {
        let magnitude = pow(10, log10(step).rounded(.down))
        let mantissa = step / magnitude
        return magnitude * (mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : mantissa < 7.5 ? 5 : 10)
    }

    private static func linearTicks(_ range: ClosedRange<Double>, step: Double) -> [Tick] {
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        let decimals = max(0, Int(-log10(step).rounded(.down)))
        return stride(from: first, through: last, by: 1).map { index in
            let value = index * step
            // Minus zero would be labelled as such.
            return Tick(value: value, label: label(value == 0 ? 0 : value, decimals: decimals))
        }
    }

    private static func logarithmicTicks(_ range: ClosedRange<Double>) -> [Tick] {
        let first = Int(log10(range.lowerBound).rounded(.down))
        let last = Int(log10(range.upperBound).rounded(.up))
        // Over many decades only the powers of ten are labelled.
        let labelled: Set<Int> = last - first > 3 ? [1] : [1, 2, 5]
        return (first...max(first, last)).flatMap { power in
            (1...9).compactMap { mantissa in
                let value = Double(mantissa) * pow(10, Double(power))
                guard range.contains(value) else { return nil }
                let text = labelled.contains(mantissa) ? label(value, decimals: max(0, -power)) : ""
                return Tick(value: value, label: text)
            }
        }
    }

    private static func label(_ value: Double, decimals: Int) -> String {
        let size = abs(value)
        if size >= 1e6 || (size > 0 && size < 1e-4) {
            return String(format: "%g", value).replacingOccurrences(of: "e-0", with: "e-")
        }
        return String(format: "%.\(decimals)f", value)
    }
}
