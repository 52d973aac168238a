import Basics
import CCSDS123
import Cube

/// Seeded images and parameters for round trips.
struct RandomImages {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// An integer inside a range.
    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + generator.index(below: range.count)
    }

    /// One of several values.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[integer(0...values.count - 1)] }

    /// True once in `period` calls on average.
    mutating func oneIn(_ period: Int) -> Bool { integer(1...period) == 1 }

    /// A smooth image with noise, correlated from band to band, with a few wild samples.
    ///
    /// `noise` is the standard deviation of the noise in units of the sample type's range; 0 leaves
    /// a constant image with the wild samples.
    mutating func image(
        lines: Int, samples: Int, bands: Int, bitDepth: Int, isSigned: Bool, noise: Double,
        wildPeriod: Int = 40
    ) throws -> CCSDSImage {
        let lowest = isSigned ? -(1 << (bitDepth - 1)) : 0
        let range = Double((1 << bitDepth) - 1)
        var values: [Int32] = []
        for band in 0..<bands {
            for line in 0..<lines {
                for sample in 0..<samples {
                    let slope = Double(band + 2 * line + 3 * sample) * 0.003
                    let share = (noise == 0 ? 0.4 : 0.4 + slope) + generator.normal() * noise
                    let wild = oneIn(wildPeriod) ? Double(generator.uniform()) : share
                    let value = lowest + Int(range * min(max(wild, 0), 1))
                    values.append(Int32(truncatingIfNeeded: value))
                }
            }
        }
        return CCSDSImage(
            geometry: try CubeGeometry(lines: lines, samples: samples, bands: bands),
            bitDepth: bitDepth, isSigned: isSigned, values: values)
    }

    /// A small image of any kind.
    mutating func image(bitDepths: ClosedRange<Int> = 2...32) throws -> CCSDSImage {
        try image(
            lines: integer(1...7), samples: integer(1...9), bands: integer(1...18),
            bitDepth: integer(bitDepths), isSigned: oneIn(2),
            noise: pick([0, 0.0001, 0.01, 0.3]))
    }

    /// An image that the kernel serves, mostly wide enough for two bands at a time.
    mutating func kernelImage() throws -> CCSDSImage {
        try image(
            lines: integer(3...7), samples: integer(9...40), bands: integer(14...19),
            bitDepth: integer(2...20), isSigned: oneIn(2), noise: pick([0, 0.0001, 0.01, 0.3]))
    }

    /// Any valid parameters for an image; lossless or with error limits.
    mutating func parameters(
        for image: CCSDSImage, isLossless: Bool
    ) -> CCSDSParameters {
        let bands = image.geometry.bands
        let order = pick([
            CCSDSEncodingOrder.bandSequential, .bandInterleaved(depth: 1),
            .bandInterleaved(depth: bands), .bandInterleaved(depth: integer(1...bands)),
        ])
        let resolution = integer(0...4)
        let largest = (1 << resolution) - 1
        return CCSDSParameters(
            encodingOrder: order, outputWordByteCount: integer(1...8),
            prediction: prediction(for: image),
            fidelity: isLossless ? .lossless : fidelity(for: image, order: order),
            representatives: CCSDSRepresentatives(
                resolution: resolution, damping: bandValue(0...largest, bands: bands),
                offset: bandValue(0...(isLossless ? 0 : largest), bands: bands)),
            entropyCoder: entropyCoder(for: image))
    }

    private mutating func bandValue(_ range: ClosedRange<Int>, bands: Int) -> CCSDSBandValue {
        // A table of Theta = 0 bits is not written at all.
        range.upperBound > 0 && oneIn(3)
            ? .perBand((0..<bands).map { _ in integer(range) }) : .common(integer(range))
    }

    private mutating func prediction(for image: CCSDSImage) -> CCSDSPrediction {
        let isNarrowImage = image.geometry.samples == 1
        let omega = integer(4...19)
        let first = integer(-6...9)
        var prediction = CCSDSPrediction(
            bandCount: integer(0...15), isFull: !isNarrowImage && oneIn(2),
            localSum: pick(
                isNarrowImage ? [.wideColumn, .narrowColumn] : CCSDSLocalSum.allCases),
            registerBitCount: pick([64, max(32, image.bitDepth + omega + 2), 60]),
            weightResolution: omega, exponentIntervalLog2: integer(4...11), firstExponent: first,
            lastExponent: integer(first...9))
        let counts = (0..<image.geometry.bands).map {
            min($0, prediction.bandCount) + (prediction.isFull ? 3 : 0)
        }
        if oneIn(3) {
            let resolution = integer(3...omega + 3)
            let bound = 1 << (resolution - 1)
            let vectors = counts.map { count in
                (0..<count).map { _ in integer(-bound...bound - 1) }
            }
            prediction.weightInitialization = .custom(resolution: resolution, vectors: vectors)
        }
        if oneIn(3) {
            let isFull = prediction.isFull
            prediction.exponentOffsets = CCSDSWeightExponentOffsets(
                directional: isFull ? counts.map { _ in integer(-6...5) } : [],
                previousBands: counts.map { count in
                    (0..<count - (isFull ? 3 : 0)).map { _ in integer(-6...5) }
                })
        }
        return prediction
    }

    private mutating func fidelity(
        for image: CCSDSImage, order: CCSDSEncodingOrder
    ) -> CCSDSFidelity {
        let period = order != .bandSequential && oneIn(2) ? integer(0...3) : nil
        let count = period.map { (image.geometry.lines + (1 << $0) - 1) >> $0 } ?? 1
        func limits() -> CCSDSErrorLimits {
            let bitDepth = integer(1...min(image.bitDepth - 1, 16))
            let isPerBand = oneIn(2)
            let periods = (0..<count).map { _ in
                let largest = (1 << bitDepth) - 1
                return isPerBand
                    ? CCSDSBandValue.perBand(
                        (0..<image.geometry.bands).map { _ in integer(0...largest) })
                    : .common(integer(0...largest))
            }
            return CCSDSErrorLimits(bitDepth: bitDepth, periods: periods)
        }
        let kind = integer(1...3)
        return CCSDSFidelity(
            absolute: kind != 2 ? limits() : nil, relative: kind != 1 ? limits() : nil,
            updatePeriodLog2: period)
    }

    private mutating func entropyCoder(for image: CCSDSImage) -> CCSDSEntropyCoder {
        let initial = integer(1...8)
        let largest = min(image.bitDepth - 2, 14)
        let bands = image.geometry.bands
        return CCSDSEntropyCoder(
            method: oneIn(2)
                ? .hybrid(initialAccumulator: nil)
                : .sampleAdaptive(
                    accumulatorInitialization: bandValue(0...largest, bands: bands)),
            unaryLengthLimit: integer(8...32),
            rescalingCounterSize: integer(max(4, initial + 1)...11), initialCountExponent: initial)
    }
}
