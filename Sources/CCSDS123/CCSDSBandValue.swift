/// A parameter that is one for all bands or differs from band to band.
public enum CCSDSBandValue: Hashable, Sendable, Codable {
    /// The same value in every band.
    case common(Int)
    /// One value per band, in the bands' order.
    case perBand([Int])

    /// The values of a table, which holds one for all bands or one per band.
    init(isPerBand: Bool, values: [Int]) {
        self = isPerBand ? .perBand(values) : .common(values[0])
    }

    /// The value in one band.
    public subscript(band: Int) -> Int {
        switch self {
        case .common(let value): value
        case .perBand(let values): values[band]
        }
    }

    /// Whether the value may differ from band to band.
    var isPerBand: Bool {
        switch self {
        case .common: false
        case .perBand: true
        }
    }

    /// All values that occur.
    var values: [Int] {
        switch self {
        case .common(let value): [value]
        case .perBand(let values): values
        }
    }

    /// Throws unless there is one value or one per band, all inside `range`.
    func check(_ name: String, in range: ClosedRange<Int>, bands: Int) throws(CCSDSError) {
        let values = values
        guard !isPerBand || values.count == bands else {
            throw .invalidParameter(
                name: name, value: "\(values.count) values", allowed: "one value per band, \(bands)"
            )
        }
        for value in values { try checkParameter(name, value, range) }
    }
}

/// Throws unless `value` is inside `range`.
func checkParameter(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(CCSDSError) {
    guard range.contains(value) else {
        throw .invalidParameter(
            name: name, value: String(value),
            allowed: "in \(range.lowerBound)...\(range.upperBound)")
    }
}
