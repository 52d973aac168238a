import Cube

/// One kind of error limit, absolute or relative (4.8.2).
public struct CCSDSErrorLimits: Hashable, Sendable, Codable {
    /// Bit depth of the values in the stream (D_A or D_R), 1...min(D - 1, 16).
    public var bitDepth: Int
    /// The limits a_z or r_z, 0...2^bitDepth - 1: one entry, or with periodic updating one entry
    /// per period of 2^u lines. Either all entries are common or all are per band.
    public var periods: [CCSDSBandValue]

    /// Limits that hold for the whole image, in as few bits as their values need.
    public init(_ limits: CCSDSBandValue) { self.init(periods: [limits]) }

    /// Limits that change from period to period, in as few bits as their values need.
    public init(periods: [CCSDSBandValue]) {
        let largest = periods.flatMap(\.values).max() ?? 0
        self.init(bitDepth: max(1, Int.bitWidth - largest.leadingZeroBitCount), periods: periods)
    }

    /// Limits with a stated bit depth.
    public init(bitDepth: Int, periods: [CCSDSBandValue]) {
        self.bitDepth = bitDepth
        self.periods = periods
    }

    /// Whether limits differ from band to band.
    var isPerBand: Bool { periods.first?.isPerBand ?? false }

    func validate(_ name: String, for image: ImageTraits) throws(CCSDSError) {
        try checkParameter("\(name) bit depth", bitDepth, 1...min(image.bitDepth - 1, 16))
        for period in periods {
            guard period.isPerBand == isPerBand else {
                throw .invalidParameter(
                    name: name, value: "a mixture", allowed: "common or per band in every period")
            }
            try period.check(name, in: 0...(1 << bitDepth) - 1, bands: image.geometry.bands)
        }
    }
}
