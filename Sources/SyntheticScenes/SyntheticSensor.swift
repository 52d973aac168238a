import Cube

/// A made-up pushbroom imaging spectrometer: its bands, its noise and its counts.
///
/// Invariant: every band has a centre wavelength and a width.
public struct SyntheticSensor: Hashable, Sendable {
    /// The instrument's name, as it appears in the catalog.
    public let name: String
    /// One description per band, in order of wavelength.
    public let bands: [BandDescription]
    /// Ground distance between neighbouring pixels in metres.
    public let pixelSizeMeters: Double
    /// Counts at zero light.
    public let darkCounts: Float
    /// The largest count that the converter gives.
    public let saturationCounts: Float
    /// Standard deviation of the noise at zero light, in counts.
    public let readNoiseCounts: Float
    /// Photoelectrons per count; the shot noise follows from it.
    public let electronsPerCount: Float
    /// Relative deviation of the gain between detector elements: the striping.
    public let stripingRatio: Float

    /// A sensor with evenly spaced bands.
    ///
    /// - Parameters:
    ///   - name: the instrument's name.
    ///   - bandCount: number of bands, at least 1.
    ///   - wavelengthsNanometers: centres of the first and last band, within 350...2600.
    ///   - fwhmNanometers: width of every band.
    ///   - badRangesNanometers: wavelengths whose bands are flagged as not good.
    ///   - pixelSizeMeters: ground sampling distance.
    ///   - readNoiseCounts: noise at zero light.
    ///   - electronsPerCount: photoelectrons per count.
    ///   - stripingRatio: relative gain differences between detector elements.
    public init(
        name: String, bandCount: Int, wavelengthsNanometers: ClosedRange<Double>,
        fwhmNanometers: Double, badRangesNanometers: [ClosedRange<Double>] = [],
        pixelSizeMeters: Double, readNoiseCounts: Float = 4, electronsPerCount: Float = 7,
        stripingRatio: Float = 0.003
    ) {
        precondition(bandCount > 0, "a sensor has at least one band")
        precondition(
            wavelengthsNanometers.lowerBound >= 350 && wavelengthsNanometers.upperBound <= 2600,
            "the spectral models cover 350 to 2600 nm")
        self.name = name
        self.pixelSizeMeters = pixelSizeMeters
        self.readNoiseCounts = readNoiseCounts
        self.electronsPerCount = electronsPerCount
        self.stripingRatio = stripingRatio
        darkCounts = 200
        saturationCounts = 16_383
        let width = wavelengthsNanometers.upperBound - wavelengthsNanometers.lowerBound
        let step = bandCount > 1 ? width / Double(bandCount - 1) : 0
        bands = (0..<bandCount).map { band in
            let exact = wavelengthsNanometers.lowerBound + step * Double(band)
            let wavelength = (exact * 100).rounded() / 100
            return BandDescription(
                wavelengthNanometers: wavelength, fwhmNanometers: fwhmNanometers,
                isGood: !badRangesNanometers.contains { $0.contains(wavelength) })
        }
    }

    /// 120 bands from 400 to 1000 nm, 1.5 m pixels.
    public static let visibleNearInfrared = visibleNearInfrared(bandCount: 120)

    /// 200 bands from 400 to 2500 nm, 4 m pixels; those in the air's two opaque water vapour
    /// windows are flagged as bad.
    public static let fullRange = fullRange(bandCount: 200)

    /// The 400-1000 nm sensor with another number of bands.
    public static func visibleNearInfrared(bandCount: Int) -> SyntheticSensor {
        SyntheticSensor(
            name: "Synthetic VNIR", bandCount: bandCount, wavelengthsNanometers: 400...1000,
            fwhmNanometers: max(5.5, 660 / Double(bandCount)), pixelSizeMeters: 1.5)
    }

    /// The 400-2500 nm sensor with another number of bands.
    public static func fullRange(bandCount: Int) -> SyntheticSensor {
        SyntheticSensor(
            name: "Synthetic Full Range", bandCount: bandCount, wavelengthsNanometers: 400...2500,
            fwhmNanometers: max(11, 2200 / Double(bandCount)),
            badRangesNanometers: [1340...1460, 1790...1970], pixelSizeMeters: 4,
            readNoiseCounts: 6, electronsPerCount: 5, stripingRatio: 0.004)
    }

    /// The standard deviation of the random noise of a sample whose noise-free value is `counts`
    /// (dark counts included): sqrt(read noise^2 + signal / electrons per count).
    public func noiseCounts(at counts: Float) -> Float {
        let signal = max(0, counts - darkCounts)
        return (readNoiseCounts * readNoiseCounts + signal / electronsPerCount).squareRoot()
    }

    /// Relative response at a wavelength: a silicon detector below 1000 nm, an infrared detector
    /// with a gain of its own above.
    func response(at wavelength: Double) -> Double {
        let visible = 0.35 + 0.65 * SpectralFeature.gaussian((wavelength - 680) / 190)
        let infrared = 0.9 + 2.2 * SpectralFeature.gaussian((wavelength - 2050) / 520)
        return wavelength < 1005 ? visible : infrared
    }
}
