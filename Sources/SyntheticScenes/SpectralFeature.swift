/// One building block of a reflectance spectrum; wavelengths and widths in nanometres.
enum SpectralFeature: Sendable {
    /// Adds `rise` beyond `center`, over about 4 x `width` (a logistic step; may be negative).
    case step(center: Double, width: Double, rise: Double)
    /// Adds a Gaussian bump of the given height and standard deviation.
    case bump(center: Double, width: Double, height: Double)
    /// Multiplies by 1 - depth x Gaussian: an absorption band.
    case absorption(center: Double, width: Double, depth: Double)

    /// What the feature adds at a wavelength; 0 for an absorption.
    func addend(at wavelength: Double) -> Double {
        switch self {
        case .step(let center, let width, let rise):
            rise / (1 + Exponential.double((center - wavelength) / width))
        case .bump(let center, let width, let height):
            height * Self.gaussian((wavelength - center) / width)
        case .absorption: 0
        }
    }

    /// What the feature multiplies by at a wavelength; 1 unless it is an absorption.
    func factor(at wavelength: Double) -> Double {
        guard case .absorption(let center, let width, let depth) = self else { return 1 }
        return 1 - depth * Self.gaussian((wavelength - center) / width)
    }

    /// exp(-x^2 / 2).
    static func gaussian(_ x: Double) -> Double { Exponential.double(-0.5 * x * x) }
}
