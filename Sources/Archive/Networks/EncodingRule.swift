import Catalog
import Cube
import Foundation

/// When one encoding of a cube is better than another, by the settings of `[rotation]`.
///
/// The gain is the difference in PSNR less the price of the difference in bytes:
/// 10 log10(old MSE / new MSE) - decibels_per_doubling x log2(new bytes / old bytes). Bytes are
/// those that the archive spends, the catalog's row included: a latent of 40 bytes in place of one
/// of 20 doubles nothing.
public struct EncodingRule: Sendable {
    /// What the catalog keeps of an encoding beside its latent, about.
    private static let rowByteCount = 128
    /// What samples count as that an encoding leaves out: about what the mean spectrum of a scene
    /// reaches.
    private static let uncoveredPSNRDecibels = 20.0
    /// Gains beyond this, such as of an exact reconstruction, count as this.
    private static let largestGainDecibels = 100.0
    private let settings: RotationSettings

    /// The rule of an archive.
    public init(_ settings: RotationSettings) { self.settings = settings }

    /// One encoding as the rule sees it.
    public struct Measure: Sendable, Equatable {
        /// Mean squared error in the data's own units.
        public var meanSquaredError: Double
        /// Samples that the error was measured over.
        public var validSampleCount: Int
        /// Bytes of the latent.
        public var byteCount: Int

        /// States what an encoding is worth.
        public init(meanSquaredError: Double, validSampleCount: Int, byteCount: Int) {
            self.meanSquaredError = meanSquaredError
            self.validSampleCount = validSampleCount
            self.byteCount = byteCount
        }

        init(_ summary: EncodingSummary) {
            self.init(summary.quality, byteCount: summary.latentByteCount)
        }

        init(_ quality: ReconstructionQuality, byteCount: Int) {
            self.init(
                meanSquaredError: quality.meanSquaredError,
                validSampleCount: quality.validSampleCount, byteCount: byteCount)
        }

        /// With more samples, all of which have the same mean squared error.
        fileprivate func extended(to count: Int, error: Double) -> Measure {
            guard count > validSampleCount else { return self }
            let covered = Double(validSampleCount) / Double(count)
            let known = validSampleCount > 0 ? meanSquaredError * covered : 0
            return Measure(
                meanSquaredError: known + error * (1 - covered), validSampleCount: count,
                byteCount: byteCount)
        }
    }

    /// PSNR gained, in decibels, whatever the bytes; 0 between two exact reconstructions.
    public func gainInPSNR(from old: Measure, to new: Measure) -> Double {
        guard new.meanSquaredError.isFinite else { return -Self.largestGainDecibels }
        if new.meanSquaredError == old.meanSquaredError { return 0 }
        let decibels = 10 * log10(old.meanSquaredError / new.meanSquaredError)
        return max(-Self.largestGainDecibels, min(Self.largestGainDecibels, decibels))
    }

    /// The gain of one encoding over another of the same cube, in decibels.
    public func gain(from old: Measure, to new: Measure) -> Double {
        let doublings = log2(
            Double(Self.rowByteCount + new.byteCount) / Double(Self.rowByteCount + old.byteCount))
        return gainInPSNR(from: old, to: new) - settings.decibelsPerDoubling * doublings
    }

    /// The gain where one encoding may cover bands that the other leaves out. Samples without an
    /// encoding count as if one spectrum stood for the whole scene, so that a network is credited
    /// with what nobody could look at before.
    ///
    /// - Parameter squaredPeak: of the cube's PSNR, in the data's own units.
    public func gain(from old: Measure, to new: Measure, squaredPeak: Double) -> Double {
        let count = max(old.validSampleCount, new.validSampleCount)
        let error = squaredPeak * pow(10, -Self.uncoveredPSNRDecibels / 10)
        return gain(
            from: old.extended(to: count, error: error),
            to: new.extended(to: count, error: error))
    }

    /// Whether the new encoding of a cube shall replace the old. One that leaves out samples which
    /// the old one covered is never better; one that covers more is, because the error of a few
    /// bands says nothing about the rest.
    public func isBetter(_ new: Measure, than old: Measure) -> Bool {
        guard new.meanSquaredError.isFinite, new.byteCount > 0 else { return false }
        if new.validSampleCount != old.validSampleCount {
            return new.validSampleCount > old.validSampleCount
        }
        return gain(from: old, to: new) > settings.leastGainDecibels
            && gainInPSNR(from: old, to: new) >= -settings.largestLossDecibels
    }
}
