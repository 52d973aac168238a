import Glibc

/// How well a reconstruction matches its original, over its valid samples only.
///
/// PSNR's peak is the original's range, max - min over valid samples.
public struct ReconstructionQuality: Hashable, Sendable, Codable {
    /// Mean squared error in the data's own units, squared.
    public let meanSquaredError: Double
    /// Peak signal-to-noise ratio; nil where the reconstruction is exact or the range is zero.
    public let psnrDecibels: Double?
    /// Largest absolute error in the data's own units.
    public let maximumAbsoluteError: Double
    /// Mean angle between the original and reconstructed spectra; nil where no pixel has a
    /// non-zero spectrum in both.
    public let meanSpectralAngleDegrees: Double?
    /// Samples that were compared.
    public let validSampleCount: Int

    /// The square of PSNR's peak, in the data's own units; nil where there is no PSNR.
    public var squaredPeak: Double? {
        psnrDecibels.map { meanSquaredError * pow(10, $0 / 10) }
    }

    /// States a measured quality.
    public init(
        meanSquaredError: Double, psnrDecibels: Double?, maximumAbsoluteError: Double,
        meanSpectralAngleDegrees: Double?, validSampleCount: Int
    ) {
        self.meanSquaredError = meanSquaredError
        self.psnrDecibels = psnrDecibels
        self.maximumAbsoluteError = maximumAbsoluteError
        self.meanSpectralAngleDegrees = meanSpectralAngleDegrees
        self.validSampleCount = validSampleCount
    }
}
