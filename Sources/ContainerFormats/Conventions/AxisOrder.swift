/// Which dimension of an array counts lines, which samples and which bands.
///
/// Files differ: EMIT's reflectance is (downtrack, crosstrack, bands), PRISMA's cubes are (lines,
/// bands, samples), CF grids are (band, y, x). The dimensions' names decide; where they say
/// nothing, the one dimension that is as long as the file's list of wavelengths has the bands;
/// where that says nothing either, the order is GDAL's: bands, lines, samples.
public struct AxisOrder: Sendable, Equatable {
    /// Index of the dimension of lines.
    public let lines: Int
    /// Index of the dimension of samples.
    public let samples: Int
    /// Index of the dimension of bands; nil where the array is a single band.
    public let bands: Int?

    private static let lineNames: Set = [
        "y", "lat", "latitude", "line", "lines", "row", "rows", "nrows", "downtrack", "alongtrack",
        "northing", "ydim", "atrack", "scan", "scans", "track", "nlines", "orthoy", "height",
    ]
    private static let sampleNames: Set = [
        "x", "lon", "longitude", "sample", "samples", "col", "cols", "column", "columns", "ncols",
        "crosstrack", "acrosstrack", "easting", "xdim", "xtrack", "pixel", "pixels", "nsamples",
        "npixels", "orthox", "width",
    ]
    private static let bandWords = ["band", "wave", "spectral", "channel", "lambda"]

    /// The order of an array's dimensions.
    ///
    /// - Parameters:
    ///   - names: the dimensions' names; two or three.
    ///   - lengths: the dimensions' lengths.
    ///   - wavelengthCounts: lengths of the lists of wavelengths in the same file.
    public init?(names: [String], lengths: [Int], wavelengthCounts: Set<Int>) {
        guard names.count == lengths.count, (2...3).contains(names.count) else { return nil }
        let plain = names.map { $0.lowercased().filter(\.isLetter) }
        let line = plain.firstIndex { Self.lineNames.contains($0) }
        let sample = plain.firstIndex { Self.sampleNames.contains($0) }
        if names.count == 2 {
            let isTurned = sample == 0 || line == 1
            (lines, samples, bands) = isTurned ? (1, 0, nil) : (0, 1, nil)
            return
        }
        let band =
            Self.namedBand(plain, line, sample)
            ?? Self.only(lengths.indices.filter { wavelengthCounts.contains(lengths[$0]) }) ?? 0
        let others = (0..<3).filter { $0 != band }
        let isTurned = sample == others[0] || line == others[1]
        bands = band
        lines = isTurned ? others[1] : others[0]
        samples = isTurned ? others[0] : others[1]
    }

    private static func namedBand(_ plain: [String], _ line: Int?, _ sample: Int?) -> Int? {
        let named = plain.indices.filter { index in
            index != line && index != sample && bandWords.contains { plain[index].contains($0) }
        }
        if let band = only(named) { return band }
        guard let line, let sample else { return nil }
        return only((0..<3).filter { $0 != line && $0 != sample })
    }

    private static func only(_ indices: [Int]) -> Int? {
        indices.count == 1 ? indices[0] : nil
    }
}
