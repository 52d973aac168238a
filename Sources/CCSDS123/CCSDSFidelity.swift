/// How far decoded samples may be from the original ones (4.8.2).
///
/// The error of a sample is at most a_z, at most floor(r_z |predicted sample| / 2^D), or at most
/// both, as far as they are given.
public struct CCSDSFidelity: Hashable, Sendable, Codable {
    /// Absolute limits a_z.
    public var absolute: CCSDSErrorLimits?
    /// Relative limits r_z.
    public var relative: CCSDSErrorLimits?
    /// u: with periodic updating, limits change every 2^u lines, 0...9. Not with band-sequential
    /// order.
    public var updatePeriodLog2: Int?

    /// Every sample exact.
    public static let lossless = CCSDSFidelity()

    /// No sample further than `limit` from the original.
    public static func absolute(_ limit: Int) -> CCSDSFidelity {
        limit == 0 ? .lossless : CCSDSFidelity(absolute: CCSDSErrorLimits(.common(limit)))
    }

    /// States all choices.
    public init(
        absolute: CCSDSErrorLimits? = nil, relative: CCSDSErrorLimits? = nil,
        updatePeriodLog2: Int? = nil
    ) {
        self.absolute = absolute
        self.relative = relative
        self.updatePeriodLog2 = updatePeriodLog2
    }

    /// Whether every sample is exact by declaration.
    public var isLossless: Bool { absolute == nil && relative == nil }

    /// How many periods an image of so many lines has.
    func periodCount(lines: Int) -> Int {
        guard let updatePeriodLog2 else { return 1 }
        return (lines + (1 << updatePeriodLog2) - 1) >> updatePeriodLog2
    }

    /// The period that begins at a line; nil where none does or limits are not updated.
    func updatePeriod(beginningAt line: Int) -> Int? {
        guard let updatePeriodLog2, line & ((1 << updatePeriodLog2) - 1) == 0 else { return nil }
        return line >> updatePeriodLog2
    }

    /// The limits in force for one band in one line.
    func limits(line: Int, band: Int) -> MaximumError {
        let period = updatePeriodLog2.map { line >> $0 } ?? 0
        return MaximumError(
            absolute: absolute?.periods[period][band], relative: relative?.periods[period][band])
    }

    func validate(for image: ImageTraits, order: CCSDSEncodingOrder) throws(CCSDSError) {
        if let updatePeriodLog2 {
            try checkParameter("update period exponent u", updatePeriodLog2, 0...9)
            guard order != .bandSequential, !isLossless else {
                throw .invalidParameter(
                    name: "periodic error limit updating", value: "used",
                    allowed: "with error limits and band-interleaved order")
            }
        }
        try absolute?.validate("absolute error limits", for: image)
        try relative?.validate("relative error limits", for: image)
    }

    /// Throws unless there are limits for every period of an image of so many lines.
    func checkPeriods(lines: Int) throws(CCSDSError) {
        let count = periodCount(lines: lines)
        for limits in [absolute, relative].compactMap({ $0 }) {
            try checkParameter("error limit periods", limits.periods.count, count...count)
        }
    }
}
