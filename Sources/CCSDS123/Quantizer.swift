/// The quantizer and the mapping of its indices (4.8.1, 4.11), by the standard's equations.
struct Quantizer {
    /// s_min...s_max.
    let limits: ClosedRange<Int>

    /// q_z(t), from the prediction residual and the maximum error (eq. 41).
    func index(residual: Int, maximumError: Int) -> Int {
        let magnitude = (abs(residual) + maximumError) / (2 * maximumError + 1)
        return residual.signum() * magnitude
    }

    /// s'_z(t): the middle of the bin, clipped (eq. 48).
    func restored(index: Int, predicted: Int, maximumError: Int) -> Int {
        let middle = predicted + index * (2 * maximumError + 1)
        return min(max(middle, limits.lowerBound), limits.upperBound)
    }

    /// Quantizer steps from the prediction to the lower and the upper end of the range.
    private func reach(predicted: Int, maximumError: Int) -> (below: Int, above: Int) {
        let step = 2 * maximumError + 1
        return (
            (predicted - limits.lowerBound + maximumError) / step,
            (limits.upperBound - predicted + maximumError) / step
        )
    }

    /// delta_z(t) (eqs. 55 and 56). `doubleResolution` is the double-resolution predicted sample.
    func mapped(index: Int, doubleResolution: Int, maximumError: Int) -> Int {
        let predicted = doubleResolution >> 1
        let reach = reach(predicted: predicted, maximumError: maximumError)
        let theta = min(reach.below, reach.above)
        if abs(index) > theta { return abs(index) + theta }
        let turned = doubleResolution & 1 == 0 ? index : -index
        return turned >= 0 ? 2 * turned : -2 * turned - 1
    }

    /// The index that ``mapped(index:doubleResolution:maximumError:)`` maps to `mapped`; nil where
    /// there is none.
    func index(mapped: Int, doubleResolution: Int, maximumError: Int) -> Int? {
        let predicted = doubleResolution >> 1
        let reach = reach(predicted: predicted, maximumError: maximumError)
        let theta = min(reach.below, reach.above)
        if mapped > 2 * theta {
            let magnitude = mapped - theta
            guard magnitude <= max(reach.below, reach.above) else { return nil }
            return reach.below < reach.above ? magnitude : -magnitude
        }
        let turned = mapped & 1 == 0 ? mapped / 2 : -(mapped + 1) / 2
        return doubleResolution & 1 == 0 ? turned : -turned
    }
}
