/// The length that an ENVI header gives wavelengths in.
enum ENVIWavelengthUnit: Double {
    case angstroms = 0.1
    case nanometres = 1
    case micrometres = 1e3
    case millimetres = 1e6
    case centimetres = 1e7
    case metres = 1e9

    /// The unit of a header's `wavelength units`.
    ///
    /// Where there is none, or it is `Unknown`, wavelengths below 100 are taken as micrometres and
    /// others as nanometres: no optical wavelength fits both.
    ///
    /// - Parameter largest: the largest wavelength; nil where an unknown unit may not be guessed.
    /// - Returns: nil for units that are not lengths: wavenumbers, frequencies, band numbers.
    init?(_ text: String?, largest: Double?) {
        switch text?.lowercased().replacing("µ", with: "u").replacing("μ", with: "u") {
        case "nanometers", "nanometer", "nanometres", "nanometre", "nm": self = .nanometres
        case "micrometers", "micrometer", "micrometres", "micrometre", "microns", "micron", "um":
            self = .micrometres
        case "angstroms", "angstrom": self = .angstroms
        case "millimeters", "millimetres", "mm": self = .millimetres
        case "centimeters", "centimetres", "cm": self = .centimetres
        case "meters", "metres", "m": self = .metres
        case nil, "unknown", "?":
            guard let largest else { return nil }
            self = largest < 100 ? .micrometres : .nanometres
        default: return nil
        }
    }

    /// A length of this unit in nanometres, rounded to a femtometre so that `0.4244` micrometres
    /// become 424.4 and not 424.40000000000003.
    func nanometres(_ value: Double) -> Double {
        self == .nanometres ? value : (value * rawValue * 1e6).rounded() / 1e6
    }
}
