/// A surface with a parametric reflectance spectrum over 400-2500 nm.
///
/// The shapes follow the well-known features of each material (chlorophyll, leaf water, iron oxide,
/// clay and carbonate bands); the numbers are our own and no library's spectra are copied.
struct Material: Sendable {
    /// What it is, such as `wheat`.
    let name: String
    /// Reflectance far into the blue.
    let base: Double
    /// Steps, bumps and absorptions.
    let features: [SpectralFeature]

    init(_ name: String, base: Double, _ features: [SpectralFeature]) {
        self.name = name
        self.base = base
        self.features = features
    }

    /// Reflectance at a wavelength in nanometres, 0.002...0.98.
    func reflectance(at wavelength: Double) -> Double {
        let sum = features.reduce(base) { $0 + $1.addend(at: wavelength) }
        let product = features.reduce(sum) { $0 * $1.factor(at: wavelength) }
        return max(0.002, min(0.98, product))
    }
}
