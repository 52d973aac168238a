import ArgumentParser

/// Wavelengths in nanometres, such as `640,550,460.5`, in the order in which they are wanted.
struct WavelengthList: ExpressibleByArgument, Equatable {
    /// Most wavelengths of one list.
    private static let maximumCount = 65_536

    /// Each finite, positive and named once.
    let nanometers: [Double]

    /// Reads the text; nil where it is no list of distinct wavelengths.
    init?(argument: String) {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        let values = fields.compactMap { Double($0.drop { $0 == " " }) }
        guard values.count == fields.count, (1...Self.maximumCount).contains(values.count),
            values.allSatisfy({ $0.isFinite && $0 > 0 }), Set(values).count == values.count
        else { return nil }
        nanometers = values
    }
}
