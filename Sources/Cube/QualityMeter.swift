import Foundation

/// Accumulates ``ReconstructionQuality`` block by block.
///
/// A sample is valid when its original is finite and not nodata, and its band is included. Both
/// blocks of a call must have the same window and bands.
public struct QualityMeter: Sendable {
    private let nodataValue: Double?
    private let includedBands: Set<Int>?
    private var squaredErrorSum = 0.0
    private var maximumAbsoluteError = 0.0
    private var validSampleCount = 0
    private var lowest = Double.infinity
    private var highest = -Double.infinity
    private var angleSumRadians = 0.0
    private var anglePixelCount = 0

    /// A meter that leaves out nodata samples and, where `includedBands` is given, other bands.
    public init(nodataValue: Double?, includedBands: Set<Int>? = nil) {
        self.nodataValue = nodataValue
        self.includedBands = includedBands
    }

    /// Compares one block with its reconstruction.
    public mutating func add(original: SampleBlock, reconstruction: SampleBlock) {
        precondition(
            original.window == reconstruction.window
                && original.bandIndices == reconstruction.bandIndices,
            "blocks of the same place are compared")
        let pixelCount = original.window.pixelCount
        // Per pixel: sums over bands of x*y, x*x and y*y, for the spectral angle.
        var products = [Double](repeating: 0, count: pixelCount)
        var originalSquares = products
        var reconstructionSquares = products
        for (position, band) in original.bandIndices.enumerated()
        where includedBands?.contains(band) ?? true {
            let truth = original.plane(ofBandAt: position)
            let guess = reconstruction.plane(ofBandAt: position)
            for pixel in 0..<pixelCount where isValid(truth[pixel]) {
                addError(truth: truth[pixel], guess: guess[pixel])
                products[pixel] += truth[pixel] * guess[pixel]
                originalSquares[pixel] += truth[pixel] * truth[pixel]
                reconstructionSquares[pixel] += guess[pixel] * guess[pixel]
            }
        }
        for pixel in 0..<pixelCount {
            let norm = (originalSquares[pixel] * reconstructionSquares[pixel]).squareRoot()
            guard norm > 0, norm.isFinite else { continue }
            angleSumRadians += acos(min(1, max(-1, products[pixel] / norm)))
            anglePixelCount += 1
        }
    }

    /// Adds what another meter of the same cube and bands has measured elsewhere.
    public mutating func add(_ other: QualityMeter) {
        squaredErrorSum += other.squaredErrorSum
        maximumAbsoluteError = max(maximumAbsoluteError, other.maximumAbsoluteError)
        validSampleCount += other.validSampleCount
        lowest = min(lowest, other.lowest)
        highest = max(highest, other.highest)
        angleSumRadians += other.angleSumRadians
        anglePixelCount += other.anglePixelCount
    }

    /// The quality so far.
    public var quality: ReconstructionQuality {
        let count = Double(max(1, validSampleCount))
        let meanSquaredError = squaredErrorSum / count
        let range = highest - lowest
        let hasNoise = meanSquaredError > 0 && range > 0
        return ReconstructionQuality(
            meanSquaredError: meanSquaredError,
            psnrDecibels: hasNoise ? 10 * log10(range * range / meanSquaredError) : nil,
            maximumAbsoluteError: maximumAbsoluteError,
            meanSpectralAngleDegrees: anglePixelCount == 0
                ? nil : angleSumRadians / Double(anglePixelCount) * 180 / .pi,
            validSampleCount: validSampleCount)
    }

    private func isValid(_ value: Double) -> Bool { value.isFinite && value != nodataValue }

    private mutating func addError(truth: Double, guess: Double) {
        let error = abs(truth - guess)
        squaredErrorSum += error * error
        maximumAbsoluteError = max(maximumAbsoluteError, error)
        lowest = min(lowest, truth)
        highest = max(highest, truth)
        validSampleCount += 1
    }
}
