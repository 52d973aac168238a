import Cube

/// Reading what an ENVI header says of every band.
extension ENVIImageReader {
    /// One description per band.
    mutating func bands(count: Int) -> [BandDescription] {
        let names = names(count: count)
        var wavelengths = numbers("wavelength", count: count)
        let unit = ENVIWavelengthUnit(
            header.value(of: "wavelength units"), largest: wavelengths?.max())
        var wavelengthUnit = unit
        if wavelengths != nil && unit == nil {
            warnings.append(
                "wavelengths in '\(header.value(of: "wavelength units") ?? "")' are left aside")
        }
        if header.value(of: "wavelength") == nil, let named = wavelengthsInNames(names) {
            (wavelengths, wavelengthUnit) = (named, .nanometres)
        }
        if let values = wavelengths, values.contains(where: { $0 <= 0 }) {
            warnings.append("wavelengths that are not positive are left aside")
        }
        let widths = numbers("fwhm", count: count)
        let flags = numbers("bbl", count: count)
        return (0..<count).map { band in
            BandDescription(
                wavelengthNanometers: nanometres(wavelengths?[band], wavelengthUnit),
                fwhmNanometers: nanometres(widths?[band], unit), name: names?[band],
                isGood: flags.map { $0[band] != 0 } ?? true)
        }
    }

    private func nanometres(_ value: Double?, _ unit: ENVIWavelengthUnit?) -> Double? {
        guard let value, value > 0, let unit else { return nil }
        let scaled = unit.nanometres(value)
        return scaled.isFinite ? scaled : nil
    }

    /// A list of as many finite numbers as there are bands; anything else is left aside with a
    /// warning.
    private mutating func numbers(_ key: String, count: Int) -> [Double]? {
        guard let elements = header.list(of: key) else { return nil }
        guard elements.count == count else {
            warnings.append(
                "'\(key)' has \(elements.count) values for \(count) bands; left aside")
            return nil
        }
        let values = elements.compactMap { Double($0) }.filter(\.isFinite)
        guard values.count == count else {
            warnings.append("'\(key)' has values that are not numbers; left aside")
            return nil
        }
        return values
    }

    /// Band names, whose own commas are told from the list's by the parentheses around them.
    private mutating func names(count: Int) -> [String]? {
        guard let text = header.value(of: "band names") else { return nil }
        for names in [ENVIHeader.elements(text), Self.elementsOutsideParentheses(text)]
        where names.count == count {
            return names
        }
        let found = ENVIHeader.elements(text).count
        warnings.append("'band names' has \(found) names for \(count) bands; left aside")
        return nil
    }

    private static func elementsOutsideParentheses(_ text: String) -> [String] {
        var depth = 0
        let elements = text.split(omittingEmptySubsequences: false) { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth = max(0, depth - 1) }
            return character == "," && depth == 0
        }
        return elements.map(ENVIHeaderParser.trimmed)
    }

    /// GDAL writes wavelengths into band names: `376.44 Nanometers`, `band 1 (0.424 Micrometers)`.
    private func wavelengthsInNames(_ names: [String]?) -> [Double]? {
        guard let names else { return nil }
        var wavelengths: [Double] = []
        for name in names {
            let words = name.split { $0 == " " || $0 == "(" || $0 == ")" }
            guard words.count >= 2, let value = Double(words[words.count - 2]), value > 0,
                let unit = ENVIWavelengthUnit(String(words[words.count - 1]), largest: nil)
            else { return nil }
            wavelengths.append(unit.nanometres(value))
        }
        return wavelengths
    }
}
