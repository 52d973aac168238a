import Cube
import Foundation

/// Finding the scale of a block.
extension FloatScale {
    /// Samples that a search looks at.
    private static let probeCount = 2048
    /// Of so many probes one may be an exception.
    private static let probesPerMiss = 64
    /// Magnitudes may be so many times the gap between two of them that is least, divided.
    private static let largestGap = 8

    /// The scale of a block of floats; nil where they have none, or are no floats.
    static func found(in block: SampleBlock, nodataValue: Double?) -> FloatScale? {
        switch block.sampleType {
        case .float32: found(in: block, Float.self, precision: 0x1p-24, nodataValue)
        case .float64: found(in: block, Double.self, precision: 0x1p-53, nodataValue)
        default: nil
        }
    }

    private static func found<Sample: QuantizableFloat>(
        in block: SampleBlock, _: Sample.Type, precision: Double, _ nodata: Double?
    ) -> FloatScale? {
        let probes: [Sample] = block.bytes.withUnsafeBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            let stride = max(1, samples.count / probeCount) | 1
            return Swift.stride(from: 0, to: samples.count, by: stride).map { samples[$0] }
                .filter { $0.isNormal && Double($0) != nodata }
        }
        let magnitudes = probes.map { abs(Double($0)) }
        guard let step = commonStep(of: magnitudes.sorted(), precision: precision) else {
            return nil
        }
        func missCount(_ scale: FloatScale) -> Int {
            probes.count { probe in
                let index = scale.index(of: Double(probe))
                let sample: Sample = scale.sample(index)
                return abs(index) >= 0x1p31 || sample.bitPattern != probe.bitPattern
            }
        }
        let rated = candidates(near: step, precision: precision).map { ($0, missCount($0)) }
        guard let best = rated.min(by: { $0.1 < $1.1 }) else { return nil }
        return best.1 * probesPerMiss <= probes.count ? best.0 : nil
    }

    /// The number of which all magnitudes are multiples, as far as their precision tells; nil where
    /// there is none. The least gap between two magnitudes is a small multiple of it.
    private static func commonStep(of sorted: [Double], precision: Double) -> Double? {
        guard let largest = sorted.last else { return nil }
        let noise = largest * precision
        let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 4 * noise }
        guard let least = gaps.min() else { return largest }
        guard least > 16 * noise else { return nil }
        return (1...largestGap).lazy.compactMap { divisor in
            refined(least / Double(divisor), sorted, noise: noise)
        }.first
    }

    /// A rough step made precise by larger and larger differences, and by the largest magnitude at
    /// last; nil where too many differences are no multiples.
    private static func refined(_ rough: Double, _ sorted: [Double], noise: Double) -> Double? {
        var step = rough
        var missCount = 0
        for magnitude in sorted {
            let difference = magnitude - sorted[0]
            guard difference > 4 * noise else { continue }
            let count = (difference / step).rounded()
            if count >= 1, abs(difference / step - count) < 0.2 {
                step = difference / count
            } else {
                missCount += 1
                if missCount * probesPerMiss > sorted.count { return nil }
            }
        }
        guard let largest = sorted.last else { return nil }
        let count = (largest / step).rounded()
        guard abs(largest / step - count) < 0.2, count >= 1, count < 0x1p31 else { return nil }
        return largest / count
    }

    /// Scales that people choose, near a measured one, and its closest neighbours; the plainest
    /// first.
    private static func candidates(near step: Double, precision: Double) -> [FloatScale] {
        let factors = numbers(near: step, precision: precision)
        let divisors = numbers(near: 1 / step, precision: precision)
        let scales =
            factors.plain.map { FloatScale(step: $0) }
            + divisors.plain.map { FloatScale(step: $0, isQuotient: true) }
            + factors.neighbours.map { FloatScale(step: $0) }
            + divisors.neighbours.map { FloatScale(step: $0, isQuotient: true) }
        return scales.filter { $0.step.isNormal && (1 / $0.step).isNormal }
    }

    /// The shortest decimal that a measured number may mean, as a double and as a float, and the
    /// doubles and floats around the number.
    private static func numbers(
        near number: Double, precision: Double
    ) -> (plain: [Double], neighbours: [Double]) {
        let decimal = (1...15).lazy.compactMap { Double(String(format: "%.\($0)g", number)) }
            .first { abs($0 - number) <= 4 * precision * number }
        let float = Float(number)
        let neighbours = [
            number, number.nextUp, number.nextDown, number.nextUp.nextUp, number.nextDown.nextDown,
            Double(float), Double(float.nextUp), Double(float.nextDown),
        ]
        return (decimal.map { [$0, Double(Float($0))] } ?? [], neighbours)
    }
}
