import Cube

/// The predictor by the standard's equations, one after the other, in 64-bit integers.
///
/// It serves the bit depths and exponents that ``KernelPredictor`` does not, and is its oracle.
final class ReferencePredictor: LinePredictor {
    private let image: ImageTraits
    private let parameters: CCSDSParameters
    private let direction: PredictionDirection
    private let quantizer: Quantizer
    private let mask: CCSDSPixelMask?
    // [bands][C_z] in the order of eqs. (31) and (32).
    private var weights: [[Int]]
    private let exponentOffsets: [[Int]]
    // [bands][samples]: left of the current sample this line's, from it on those of the line above.
    private var representatives: [Int32]
    // [rows][samples]: central local differences of this line, band z in row z mod rows. There is a
    // row for every band that is used, P + 1 at most.
    private var centralDifferences: [Int]
    private let differenceRowCount: Int

    init(
        image: ImageTraits, parameters: CCSDSParameters, direction: PredictionDirection,
        mask: CCSDSPixelMask? = nil
    ) {
        self.image = image
        self.parameters = parameters
        self.direction = direction
        self.mask = mask
        quantizer = Quantizer(limits: image.range.limits)
        let prediction = parameters.prediction
        let bands = image.geometry.bands
        weights = (0..<bands).map {
            prediction.weightInitialization.weights(of: $0, prediction: prediction)
        }
        exponentOffsets = (0..<bands).map { band in
            prediction.exponentOffsets?.offsets(of: band, prediction: prediction)
                ?? Array(repeating: 0, count: prediction.weightCount(in: band))
        }
        let samples = image.geometry.samples
        representatives = Array(repeating: 0, count: bands * samples)
        differenceRowCount = min(prediction.bandCount + 1, bands)
        centralDifferences = Array(repeating: 0, count: differenceRowCount * samples)
    }

    func currentWeights(of band: Int) -> [Int] { weights[band] }

    func process(
        _ row: UnsafeMutableBufferPointer<Int32>, line: Int, band: Int
    ) throws(CCSDSError) {
        let limits = parameters.fidelity.limits(line: line, band: band)
        var northWest = 0
        for sample in row.indices {
            let place = Place(line: line, band: band, sample: sample, northWest: northWest)
            northWest = representative(band, sample)
            if let source = mask?.source(line: line, sample: sample) {
                row[sample] = leaveOut(place, source: source)
            } else if line == 0, sample == 0 {
                row[0] = try processFirst(row[0], band: band)
            } else {
                row[sample] = try process(row[sample], at: place, limits: limits)
            }
        }
    }

    /// Where a sample is, and the representative to its north-west, which is overwritten already.
    private struct Place {
        let line: Int
        let band: Int
        let sample: Int
        let northWest: Int
    }

    private func representative(_ band: Int, _ sample: Int) -> Int {
        image.range.value(representatives[band * image.geometry.samples + sample])
    }

    private func setRepresentative(_ band: Int, _ sample: Int, _ value: Int) {
        representatives[band * image.geometry.samples + sample] = image.range.stored(value)
    }

    /// Quantizes and maps a sample, or the reverse; `value` becomes what takes its place in the
    /// row.
    private func code(
        _ value: inout Int32, doubleResolution: Int, maximumError: Int
    ) throws(CCSDSError) -> (index: Int, restored: Int) {
        let predicted = doubleResolution >> 1
        let index: Int
        switch direction {
        case .encoding:
            let residual = image.range.value(value) - predicted
            index = quantizer.index(residual: residual, maximumError: maximumError)
            let mapped = quantizer.mapped(
                index: index, doubleResolution: doubleResolution, maximumError: maximumError)
            value = Int32(truncatingIfNeeded: mapped)
        case .decoding:
            let found = quantizer.index(
                mapped: Int(UInt32(bitPattern: value)), doubleResolution: doubleResolution,
                maximumError: maximumError)
            guard let found else { throw impossibleIndexError }
            index = found
        }
        let restored = quantizer.restored(
            index: index, predicted: predicted, maximumError: maximumError)
        if direction == .decoding { value = image.range.stored(restored) }
        return (index, restored)
    }

    /// A sample that nothing is coded for and nothing is learned from.
    private func leaveOut(_ place: Place, source: Int) -> Int32 {
        let (band, sample) = (place.band, place.sample)
        let isKnown = place.line > 0 || source < sample
        let value =
            isKnown
            ? representative(band, source)
            : band > 0 ? representative(band - 1, source) : image.range.middle
        setRepresentative(band, sample, value)
        return direction == .decoding ? image.range.stored(value) : 0
    }

    /// t = 0 (eqs. 38, 41, 46).
    private func processFirst(_ value: Int32, band: Int) throws(CCSDSError) -> Int32 {
        let hasLower = band > 0 && parameters.prediction.bandCount > 0
        let predicted = hasLower ? representative(band - 1, 0) : image.range.middle
        var value = value
        let outcome = try code(&value, doubleResolution: 2 * predicted, maximumError: 0)
        setRepresentative(band, 0, outcome.restored)
        return value
    }

    /// t > 0.
    private func process(
        _ value: Int32, at place: Place, limits: MaximumError
    ) throws(CCSDSError) -> Int32 {
        let sum = localSum(at: place)
        let differences = differences(at: place, localSum: sum)
        let highResolution = highResolutionPrediction(
            band: place.band, localSum: sum, differences: differences)
        let doubleResolution = highResolution >> (parameters.prediction.weightResolution + 1)
        let maximumError = limits.value(
            predicted: doubleResolution >> 1, bitDepth: image.bitDepth)
        var value = value
        let outcome = try code(
            &value, doubleResolution: doubleResolution, maximumError: maximumError)
        updateWeights(
            at: place, error: 2 * outcome.restored - doubleResolution, differences: differences)
        let representative = sampleRepresentative(
            band: place.band, restored: outcome.restored, highResolution: highResolution,
            shift: outcome.index.signum() * maximumError)
        setRepresentative(place.band, place.sample, representative)
        let row = place.band % differenceRowCount
        centralDifferences[row * image.geometry.samples + place.sample] = 4 * representative - sum
        return value
    }

    /// Eqs. (20) to (23).
    private func localSum(at place: Place) -> Int {
        let (band, sample) = (place.band, place.sample)
        let kind = parameters.prediction.localSum
        let isWide = kind == .wideNeighbor || kind == .wideColumn
        guard place.line > 0 else {
            if isWide { return 4 * representative(band, sample - 1) }
            return band > 0 ? 4 * representative(band - 1, sample - 1) : 4 * image.range.middle
        }
        let north = representative(band, sample)
        guard kind.isNeighborOriented else { return 4 * north }
        let isLast = sample == image.geometry.samples - 1
        if sample == 0 { return 2 * (north + representative(band, 1)) }
        let corners = place.northWest + (isLast ? north : representative(band, sample + 1))
        if isWide { return representative(band, sample - 1) + corners + north }
        return isLast ? 2 * (place.northWest + north) : corners + 2 * north
    }

    /// U_z(t) (eqs. 24 to 29).
    private func differences(at place: Place, localSum: Int) -> [Int] {
        let prediction = parameters.prediction
        var differences: [Int] = []
        if prediction.isFull {
            if place.line == 0 {
                differences = [0, 0, 0]
            } else {
                let north = representative(place.band, place.sample)
                let isFirst = place.sample == 0
                let west = isFirst ? north : representative(place.band, place.sample - 1)
                let corner = isFirst ? north : place.northWest
                differences = [north, west, corner].map { 4 * $0 - localSum }
            }
        }
        let rowCount = differenceRowCount
        for previous in 0..<prediction.previousBandCount(in: place.band) {
            let row = (place.band - 1 - previous) % rowCount
            differences.append(centralDifferences[row * image.geometry.samples + place.sample])
        }
        return differences
    }

    /// Eqs. (36) and (37).
    private func highResolutionPrediction(
        band: Int, localSum: Int, differences: [Int]
    ) -> Int {
        let omega = parameters.prediction.weightResolution
        let limits = image.range.limits
        let middle = image.range.middle
        var value = (localSum - 4 * middle) << omega
        for (weight, difference) in zip(weights[band], differences) {
            value &+= weight &* difference
        }
        let spare = 64 - parameters.prediction.registerBitCount
        value = (value << spare) >> spare
        value += (middle << (omega + 2)) + (1 << (omega + 1))
        return min(
            max(value, limits.lowerBound << (omega + 2)),
            (limits.upperBound << (omega + 2)) + (1 << (omega + 1)))
    }

    /// Eqs. (46) and (47); `shift` is sgn(q) m.
    private func sampleRepresentative(
        band: Int, restored: Int, highResolution: Int, shift: Int
    ) -> Int {
        let omega = parameters.prediction.weightResolution
        let theta = parameters.representatives.resolution
        let damping = parameters.representatives.damping[band]
        let offset = parameters.representatives.offset[band]
        let bin = (restored << omega) - ((shift * offset) << (omega - theta))
        let sum =
            4 * ((1 << theta) - damping) * bin + damping * highResolution
            - (damping << (omega + 1))
        return ((sum >> (omega + theta + 1)) + 1) >> 1
    }

    /// Eqs. (50) to (54).
    private func updateWeights(at place: Place, error: Int, differences: [Int]) {
        let prediction = parameters.prediction
        let samples = image.geometry.samples
        let elapsed = (place.line - 1) * samples + place.sample  // t - N_X
        let exponent = min(
            max(
                prediction.firstExponent + (elapsed >> prediction.exponentIntervalLog2),
                prediction.firstExponent),
            prediction.lastExponent)
        let scale = exponent + image.bitDepth - prediction.weightResolution
        let bound = 1 << (prediction.weightResolution + 2)
        for component in differences.indices {
            let turned = error >= 0 ? differences[component] : -differences[component]
            let shift = scale + exponentOffsets[place.band][component]
            let step =
                shift > 0
                ? (turned + (1 << shift)) >> (shift + 1) : ((turned << -shift) + 1) >> 1
            let moved = weights[place.band][component] + step
            weights[place.band][component] = min(max(moved, -bound), bound - 1)
        }
    }
}
