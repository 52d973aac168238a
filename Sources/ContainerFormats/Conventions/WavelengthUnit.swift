/// The unit of a list of wavelengths, as files spell it or leave it out.
public enum WavelengthUnit {
    /// Nanometres in one unit of this name; nil where the name is not a unit of length that
    /// wavelengths are given in (wave numbers, frequencies, `Unknown`, `Index`).
    public static func nanometers(perUnitNamed name: String) -> Double? {
        let trimmed = name.lowercased().filter { !$0.isWhitespace }
        return switch trimmed {
        case "nm", "nanometer", "nanometers", "nanometre", "nanometres": 1
        // U+00B5 and U+03BC are both written for micro.
        case "um", "\u{B5}m", "\u{3BC}m", "micrometer", "micrometers", "micrometre",
            "micrometres", "micron", "microns":
            1_000
        case "m", "meter", "meters", "metre", "metres": 1e9
        case "angstrom", "angstroms": 0.1
        default: nil
        }
    }

    /// Nanometres per unit of a list without a unit, told from its range: 200...20000 are
    /// nanometres and 0.2...20 micrometres (ultraviolet to thermal infrared); anything else is nil.
    public static func nanometers(perUnitOf values: [Double]) -> Double? {
        guard let low = values.min(), let high = values.max() else { return nil }
        if low >= 200 && high <= 20_000 { return 1 }
        if low >= 0.2 && high <= 20 { return 1_000 }
        return nil
    }

    /// A list in nanometres; nil where its unit is neither stated nor evident, or a value is not a
    /// positive number.
    ///
    /// - Parameter unitName: nil or empty where the file does not state it.
    public static func nanometers(_ values: [Double], unitName: String?) -> [Double]? {
        guard values.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
        let stated = unitName.flatMap { $0.isEmpty ? nil : $0 }
        let factor =
            stated.map { nanometers(perUnitNamed: $0) } ?? nanometers(perUnitOf: values)
        guard let factor else { return nil }
        return values.map { $0 * factor }
    }
}
