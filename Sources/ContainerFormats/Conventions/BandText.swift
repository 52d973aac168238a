import Foundation

/// Wavelengths written into the names of bands, such as `Band 12 (549.3 nm)`,
/// `band 1 (418.24 Nanometers)` or `Resize (Band 3:M3G.IMG) (540.840027)`.
public enum BandText {
    /// Wavelengths in nanometres, one per name; nil unless every name has one.
    ///
    /// A number is believed where a unit of length stands behind it. A number without a unit is
    /// believed only at the end, alone or in parentheses, with a decimal point, and only if the
    /// numbers of all bands together look like wavelengths.
    public static func wavelengthsNanometers(_ names: [String]) -> [Double]? {
        let withUnits = names.map(valueWithUnit)
        if !names.isEmpty, withUnits.allSatisfy({ $0 != nil }) {
            return withUnits.compactMap(\.self)
        }
        let bare = names.compactMap(bareValue)
        guard !names.isEmpty, bare.count == names.count else { return nil }
        return WavelengthUnit.nanometers(bare, unitName: nil)
    }

    private static func valueWithUnit(_ name: String) -> Double? {
        let pattern =
            /([0-9]+(?:\.[0-9]+)?)\s*(nm|nanomet(?:er|re)s?|[u\u00B5\u03BC]m|micromet(?:er|re)s?|microns?)\b/
            .ignoresCase()
        guard let match = name.matches(of: pattern).last, let value = Double(match.1),
            let factor = WavelengthUnit.nanometers(perUnitNamed: String(match.2)), value > 0
        else { return nil }
        return value * factor
    }

    private static func bareValue(_ name: String) -> Double? {
        guard let match = name.firstMatch(of: /(?:^|\()\s*([0-9]+\.[0-9]+)\s*\)?\s*$/) else {
            return nil
        }
        return Double(match.1)
    }
}
