/// The light between sun, ground and sensor, in relative units: a black-body sun, a scattering sky
/// and the main gas absorptions as Gaussians, each widened by the band's own width.
enum Atmosphere {
    /// A gas band; wavelengths and standard deviations in nanometres.
    private struct GasBand {
        let center: Double
        let width: Double
        let opticalDepth: Double
    }

    private static let waterVapour = [
        GasBand(center: 719, width: 5, opticalDepth: 0.18),
        GasBand(center: 822, width: 8, opticalDepth: 0.2),
        GasBand(center: 938, width: 15, opticalDepth: 0.85),
        GasBand(center: 1132, width: 20, opticalDepth: 1.05),
        GasBand(center: 1384, width: 34, opticalDepth: 5.2),
        GasBand(center: 1872, width: 44, opticalDepth: 6),
        GasBand(center: 2560, width: 60, opticalDepth: 4),
    ]
    private static let otherGases = [
        GasBand(center: 687.5, width: 2, opticalDepth: 0.55),
        GasBand(center: 761, width: 2.6, opticalDepth: 1.7),
        GasBand(center: 1268, width: 6, opticalDepth: 0.16),
        GasBand(center: 1605, width: 14, opticalDepth: 0.1),
        GasBand(center: 2010, width: 13, opticalDepth: 0.75),
        GasBand(center: 2060, width: 11, opticalDepth: 0.5),
    ]
    /// Fraunhofer lines and the blue's crowd of them.
    private static let solarLines = [
        GasBand(center: 395, width: 4, opticalDepth: 0.5),
        GasBand(center: 431, width: 2.5, opticalDepth: 0.22),
        GasBand(center: 486, width: 1.2, opticalDepth: 0.2),
        GasBand(center: 518, width: 2, opticalDepth: 0.14),
        GasBand(center: 589, width: 0.9, opticalDepth: 0.2),
        GasBand(center: 656, width: 1, opticalDepth: 0.25),
    ]

    /// Sunlight at the ground and back at the sensor, relative; 1 is near the maximum.
    static func illumination(at wavelength: Double, fwhm: Double) -> Double {
        let depth =
            opticalDepth(waterVapour, wavelength, fwhm) + opticalDepth(otherGases, wavelength, fwhm)
            + 1.6 * rayleighDepth(at: wavelength)
        return sunlight(at: wavelength, fwhm: fwhm) * Exponential.double(-depth)
    }

    /// Light that the air scatters into the sensor without having met the ground, relative.
    static func pathRadiance(at wavelength: Double, fwhm: Double) -> Double {
        let haze = 0.012 * 550 / wavelength
        let gases = 0.5 * opticalDepth(waterVapour, wavelength, fwhm)
        let scattered = 0.11 * rayleighDepth(at: wavelength) + haze * 0.4
        return sunlight(at: wavelength, fwhm: fwhm) * scattered * Exponential.double(-gases)
    }

    /// Optical depth of the mean water vapour column.
    static func vapourDepth(at wavelength: Double, fwhm: Double) -> Double {
        opticalDepth(waterVapour, wavelength, fwhm)
    }

    /// A black body of 5,778 K with the strongest solar lines, relative to its maximum.
    private static func sunlight(at wavelength: Double, fwhm: Double) -> Double {
        let lines = Exponential.double(-opticalDepth(solarLines, wavelength, fwhm))
        return planck(wavelength) / planck(501.5) * lines
    }

    /// Planck's law at 5,778 K, unscaled; c2 = 1.4387769e7 nm K.
    private static func planck(_ wavelength: Double) -> Double {
        let ratio = 500 / wavelength
        let power = ratio * ratio * ratio * ratio * ratio
        return power / (Exponential.double(1.4387769e7 / (wavelength * 5778)) - 1)
    }

    private static func rayleighDepth(at wavelength: Double) -> Double {
        let ratio = 550 / wavelength
        return 0.097 * ratio * ratio * ratio * ratio
    }

    private static func opticalDepth(
        _ gasBands: [GasBand], _ wavelength: Double, _ fwhm: Double
    ) -> Double {
        let instrument = fwhm / 2.354820045
        return gasBands.reduce(0) { sum, gas in
            let width = (gas.width * gas.width + instrument * instrument).squareRoot()
            let shape = SpectralFeature.gaussian((wavelength - gas.center) / width)
            return sum + gas.opticalDepth * gas.width / width * shape
        }
    }
}
