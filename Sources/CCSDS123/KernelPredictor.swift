import Cube
import CPredictor

/// The predictor with its loop over samples in C, for bit depths up to 20.
final class KernelPredictor: LinePredictor {
    private let parameters: CCSDSParameters
    private var image: cpredictor_image
    private let range: SampleRange
    // [bands][CPREDICTOR_LANE_COUNT] each; a common row of zeros where there are no offsets.
    private let weights: UnsafeMutableBufferPointer<Int32>
    private let exponentOffsets: UnsafeMutableBufferPointer<Int32>
    // [bands][samples]: the last line that was processed in each band.
    private let representatives: UnsafeMutableBufferPointer<Int32>
    // [samples][CPREDICTOR_RING_STRIDE] and, for each of two bands, [samples][4].
    private let differences: UnsafeMutableBufferPointer<Int32>
    private let scratch: UnsafeMutableBufferPointer<Int32>
    // [lines][samples] ``CCSDSPixelMask/sources``; nil where all pixels are coded.
    private let sources: UnsafeMutableBufferPointer<Int32>?
    private let laneCount = Int(CPREDICTOR_LANE_COUNT)

    /// Whether the kernel's arithmetic is wide enough for these parameters (see CPredictor.h), and
    /// the image large enough for its tables, 96 bytes per band and 160 per column, to be no larger
    /// than the decoded samples at 4 bytes each.
    static func serves(_ image: ImageTraits, _ prediction: CCSDSPrediction) -> Bool {
        let geometry = image.geometry
        guard geometry.lines * geometry.bands >= 40, geometry.pixelCount >= 24 else { return false }
        let offsets = prediction.exponentOffsets
        let all = (offsets?.directional ?? []) + (offsets?.previousBands.flatMap { $0 } ?? [])
        let scale = image.bitDepth - prediction.weightResolution
        let lowest = prediction.firstExponent + scale + min(0, all.min() ?? 0)
        let highest = prediction.lastExponent + scale + max(0, all.max() ?? 0)
        return image.bitDepth <= 20 && highest <= 29 && image.bitDepth + 1 - lowest <= 30
    }

    init(
        image traits: ImageTraits, parameters: CCSDSParameters, direction: PredictionDirection,
        mask: CCSDSPixelMask? = nil
    ) {
        self.parameters = parameters
        range = traits.range
        let prediction = parameters.prediction
        image = cpredictor_image(
            sample_count: Int32(traits.geometry.samples), bit_depth: Int32(traits.bitDepth),
            lowest: Int32(range.limits.lowerBound), highest: Int32(range.limits.upperBound),
            middle: Int32(range.middle), register_bit_count: Int32(prediction.registerBitCount),
            weight_resolution: Int32(prediction.weightResolution),
            representative_resolution: Int32(parameters.representatives.resolution),
            prediction_band_count: Int32(prediction.bandCount),
            is_full: prediction.isFull ? 1 : 0, local_sum: Int32(prediction.localSum.rawValue),
            first_exponent: Int32(prediction.firstExponent),
            last_exponent: Int32(prediction.lastExponent),
            exponent_interval: 1 << Int32(prediction.exponentIntervalLog2),
            is_decoding: direction == .decoding ? 1 : 0)
        let (bands, samples) = (traits.geometry.bands, traits.geometry.samples)
        weights = Self.zeros(bands * laneCount)
        let offsetRowCount = prediction.exponentOffsets == nil ? 1 : bands
        exponentOffsets = Self.zeros(offsetRowCount * laneCount)
        representatives = Self.zeros(bands * samples)
        differences = Self.zeros(samples * Int(CPREDICTOR_RING_STRIDE))
        scratch = Self.zeros(2 * samples * 4)
        sources = mask.map {
            let sources = UnsafeMutableBufferPointer<Int32>.allocate(capacity: $0.sources.count)
            _ = sources.initialize(from: $0.sources)
            return sources
        }
        spreadWeights(bands: bands)
    }

    deinit {
        for buffer in [weights, exponentOffsets, representatives, differences, scratch] {
            buffer.deallocate()
        }
        sources?.deallocate()
    }

    private static func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Int32> {
        let buffer = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
        buffer.initialize(repeating: 0)
        return buffer
    }

    /// Puts initial weights and exponent offsets into their lanes; in reduced mode the first three
    /// stay empty.
    private func spreadWeights(bands: Int) {
        let prediction = parameters.prediction
        let firstLane = prediction.isFull ? 0 : 3
        for band in 0..<bands {
            let first = band * laneCount + firstLane
            let initial = prediction.weightInitialization.weights(of: band, prediction: prediction)
            for (lane, weight) in initial.enumerated() { weights[first + lane] = Int32(weight) }
            let offsets = prediction.exponentOffsets?.offsets(of: band, prediction: prediction)
            for (lane, offset) in (offsets ?? []).enumerated() {
                exponentOffsets[first + lane] = Int32(offset)
            }
        }
    }

    func currentWeights(of band: Int) -> [Int] {
        let prediction = parameters.prediction
        let first = band * laneCount + (prediction.isFull ? 0 : 3)
        return weights[first..<first + prediction.weightCount(in: band)].map(Int.init)
    }

    func process(
        _ row: UnsafeMutableBufferPointer<Int32>, line: Int, band: Int
    ) throws(CCSDSError) {
        guard var work = work(on: row, line: line, band: band) else { return }
        guard cpredictor_process(&image, &work, 1) == 0 else { throw impossibleIndexError }
    }

    func process(
        _ first: UnsafeMutableBufferPointer<Int32>, _ second: UnsafeMutableBufferPointer<Int32>,
        line: Int, band: Int
    ) throws(CCSDSError) {
        guard let one = work(on: first, line: line, band: band),
            var other = work(on: second, line: line, band: band + 1)
        else { return }
        other.scratch += 4 * first.count
        let isValid = withUnsafeTemporaryAllocation(of: cpredictor_line.self, capacity: 2) { work in
            work.initializeElement(at: 0, to: one)
            work.initializeElement(at: 1, to: other)
            return cpredictor_process(&image, work.baseAddress, 2) == 0
        }
        guard isValid else { throw impossibleIndexError }
    }

    /// One line of one band as the kernel wants it; nil where there are no samples.
    private func work(
        on row: UnsafeMutableBufferPointer<Int32>, line: Int, band: Int
    ) -> cpredictor_line? {
        guard let rowStart = row.baseAddress, let weights = weights.baseAddress,
            let offsets = exponentOffsets.baseAddress,
            let representatives = representatives.baseAddress
        else { return nil }
        let limits = parameters.fidelity.limits(line: line, band: band)
        let isLossless = parameters.fidelity.isLossless
        return cpredictor_line(
            line: Int32(line), band: Int32(band),
            absolute_limit: isLossless ? 0 : limits.absolute.map(Int32.init) ?? Int32.max,
            relative_limit: limits.relative.map(Int32.init) ?? -1,
            damping: Int32(parameters.representatives.damping[band]),
            offset: Int32(parameters.representatives.offset[band]),
            row: rowStart, representatives: representatives + band * row.count,
            lower_representatives: representatives + max(0, band - 1) * row.count,
            differences: differences.baseAddress, weights: weights + band * laneCount,
            exponent_offsets: offsets
                + (parameters.prediction.exponentOffsets == nil ? 0 : band * laneCount),
            scratch: scratch.baseAddress,
            sources: sources?.baseAddress.map { UnsafePointer($0 + line * row.count) })
    }
}
