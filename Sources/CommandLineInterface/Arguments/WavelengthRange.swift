import ArgumentParser

/// A range of wavelengths that a cube must cover: `LOW..HIGH` in nanometres, or one wavelength.
struct WavelengthRange: ExpressibleByArgument, Equatable {
    /// Nanometres, both ends finite and not negative.
    let nanometers: ClosedRange<Double>

    /// Reads the text; nil for anything else.
    init?(argument: String) {
        guard let ends = NumberRange.ends(of: argument), let low = ends.low.flatMap({ Double($0) }),
            let high = ends.high.flatMap({ Double($0) }), low.isFinite, high.isFinite, low >= 0,
            low <= high
        else { return nil }
        nanometers = low...high
    }
}
