#if GDAL
import ContainerFormats
import Cube

/// The lists of wavelengths, widths and good bands in a file of arrays.
struct SpectralLists {
    private let wavelengths: [NamedArray]
    private let widths: [NamedArray]
    private let goodness: [NamedArray]

    private static let longestList = 65_536
    private static let goodnessNames: Set = ["good_wavelengths", "good_bands", "bbl"]

    init(in file: ArrayFile) {
        let lists = file.arrays.filter { $0.lengths.count == 1 }
        goodness = lists.filter { Self.goodnessNames.contains($0.shortName.lowercased()) }
        widths = lists.filter { $0.shortName.lowercased().contains("fwhm") }
        wavelengths = lists.filter { list in
            let name = list.shortName.lowercased()
            let isNamed = name.contains("wavelength") || name == "lambda" || name == "wl"
            return isNamed && !name.contains("good") && !name.contains("packed")
                && !name.contains("fwhm")
        }
    }

    /// The lengths of the lists of wavelengths.
    var wavelengthCounts: Set<Int> { Set(wavelengths.map { $0.lengths[0] }) }

    /// One description per band, from the lists of that length nearest to the array.
    func descriptions(bandCount: Int, near array: NamedArray) -> [BandDescription] {
        let centreList = nearest(wavelengths, bandCount, array)
        let centres = centreList?.list(ofAtMost: Self.longestList)
        let nanometers = centres.flatMap {
            WavelengthUnit.nanometers($0, unitName: centreList?.unit)
        }
        var factor = 1.0
        if let centres, let nanometers { factor = nanometers[0] / centres[0] }
        let widthList = nearest(widths, bandCount, array)
        let stated = widthList?.unit.flatMap { WavelengthUnit.nanometers(perUnitNamed: $0) }
        let widthValues = widthList?.list(ofAtMost: Self.longestList)
        let good = nearest(goodness, bandCount, array)?.list(ofAtMost: Self.longestList)
        return (0..<bandCount).map { band in
            let width = (widthValues?[band]).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
            return BandDescription(
                wavelengthNanometers: nanometers?[band],
                fwhmNanometers: nanometers == nil ? nil : width.map { $0 * (stated ?? factor) },
                isGood: good?[band] != 0)
        }
    }

    /// The list whose path shares most groups with the array's; the first of equals.
    private func nearest(_ lists: [NamedArray], _ count: Int, _ array: NamedArray)
        -> NamedArray?
    {
        func sharedGroups(_ list: NamedArray) -> Int {
            let paths = zip(
                list.fullName.split(separator: "/").dropLast(),
                array.fullName.split(separator: "/").dropLast())
            return paths.prefix { $0 == $1 }.count
        }
        return lists.filter { $0.lengths[0] == count }.reduce(nil) { best, list in
            guard let best, sharedGroups(best) >= sharedGroups(list) else { return list }
            return best
        }
    }
}
#endif
