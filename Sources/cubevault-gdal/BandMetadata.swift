#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// What a raster says about its bands, in any of the usual ways. The first of these that covers
/// every band gives the wavelengths:
///
/// 1. items `wavelength`, `wavelength_units` of each band (ENVI's driver, EnPT, EnMAP-Box, ours);
/// 2. items `CENTRAL_WAVELENGTH_UM`, `FWHM_UM` in the IMAGERY domain (GDAL 3.10 and later);
/// 3. lists `wavelength`, `wavelength_units`, `fwhm`, `bbl` of the dataset, in the ENVI domain or
///    the default one;
/// 4. the bands' names (BandText).
struct BandMetadata {
    private let dataset: Metadata
    private let bands: [Metadata]
    private let names: [String?]

    private static let unitNames = ["wavelength_units", "wavelength units", "wavelength_unit"]
    private static let centreNames = ["wavelength", "center_wavelength", "central_wavelength"]

    init(_ dataset: GDALDatasetH, _ bands: [GDALRasterBandH]) {
        let metadata = Metadata(dataset)
        self.dataset = metadata
        self.bands = bands.map { Metadata($0) }
        names = bands.enumerated().map { index, band in
            Metadata(band).description ?? metadata.item("Band_\(index + 1)")
        }
    }

    /// One description per band, and a warning where wavelengths are there but of unknown unit.
    func descriptions() -> ([BandDescription], warning: String?) {
        let found = ownItems() ?? imageryItems() ?? lists() ?? textual()
        let isGood = goodness()
        let descriptions = names.indices.map { index in
            BandDescription(
                wavelengthNanometers: found?.wavelengths?[index],
                fwhmNanometers: found?.widths?[index] ?? nil, name: names[index],
                isGood: isGood[index])
        }
        let isLost = found != nil && found?.wavelengths == nil
        return (
            descriptions, isLost ? "its wavelengths have an unknown unit and are left out" : nil
        )
    }

    /// Wavelengths in nanometres, nil where their unit is unknown, and widths where they are known.
    private typealias Found = (wavelengths: [Double]?, widths: [Double?]?)

    private func ownItems() -> Found? {
        let centres = bands.compactMap { band in
            Self.centreNames.lazy.compactMap { band.number($0) }.first
        }
        guard centres.count == bands.count else { return nil }
        let unit = bands.first?.first(of: Self.unitNames) ?? dataset.first(of: Self.unitNames)
        return convert(centres, bands.map { $0.number("fwhm") }, unit)
    }

    private func imageryItems() -> Found? {
        let centres = bands.compactMap { $0.number("CENTRAL_WAVELENGTH_UM", domain: "IMAGERY") }
        guard centres.count == bands.count else { return nil }
        let widths = bands.map { $0.number("FWHM_UM", domain: "IMAGERY") }
        return convert(centres, widths, "um")
    }

    private func lists() -> Found? {
        guard let centres = list(["wavelength", "wavelengths"]) else { return nil }
        let widths = list(["fwhm"]).map { $0.map(Optional.some) }
        return convert(
            centres, widths ?? Array(repeating: nil, count: bands.count),
            dataset.first(of: Self.unitNames)
                ?? dataset.item("wavelength_units", domain: "ENVI"))
    }

    private func textual() -> Found? {
        let texts = names.compactMap(\.self)
        guard texts.count == bands.count,
            let wavelengths = BandText.wavelengthsNanometers(texts)
        else { return nil }
        return (wavelengths, nil)
    }

    private func list(_ listNames: [String]) -> [Double]? {
        for name in listNames {
            for domain in ["ENVI", ""] {
                let values = dataset.numbers(name, domain: domain)
                if let values, values.count == bands.count { return values }
            }
        }
        return nil
    }

    private func goodness() -> [Bool] {
        if let list = list(["bbl"]) { return list.map { $0 != 0 } }
        return bands.map { $0.number("bbl") != 0 }
    }

    private func convert(_ centres: [Double], _ widths: [Double?], _ unit: String?) -> Found {
        guard let wavelengths = WavelengthUnit.nanometers(centres, unitName: unit),
            let first = wavelengths.first
        else { return (nil, nil) }
        let factor = first / centres[0]
        return (
            wavelengths, widths.map { width in width.flatMap { $0 > 0 ? $0 * factor : nil } }
        )
    }
}
#endif
