import NeuralField

/// The outputs of a grid that have a wavelength, in order of wavelength, for interpolation.
struct WavelengthAxis {
    private let wavelengths: [Double]
    private let outputIndices: [Int]
    private let toleranceNanometers: Double

    init(_ grid: BandGrid) {
        let known = grid.wavelengthNanometers.enumerated()
            .compactMap { index, wavelength in wavelength.map { (index: index, value: $0) } }
            .sorted { ($0.value, $0.index) < ($1.value, $1.index) }
        wavelengths = known.map(\.value)
        outputIndices = known.map(\.index)
        toleranceNanometers = grid.mergeNanometers
    }

    /// The outputs on both sides of a wavelength, weighted linearly; one where it is exact or just
    /// outside the axis; nil beyond.
    func terms(at wavelength: Double) -> [OutputMap.Term]? {
        guard let first = wavelengths.first, let last = wavelengths.last else { return nil }
        guard wavelength > first else {
            return first - wavelength <= toleranceNanometers ? [term(0, 1)] : nil
        }
        guard wavelength < last else {
            let final = wavelengths.count - 1
            return wavelength - last <= toleranceNanometers ? [term(final, 1)] : nil
        }
        // first < wavelength < last, so both neighbours exist.
        let above = wavelengths.partitioningIndex { $0 >= wavelength }
        if wavelengths[above] == wavelength { return [term(above, 1)] }
        let low = wavelengths[above - 1]
        let fraction = Float((wavelength - low) / (wavelengths[above] - low))
        if fraction == 0 || fraction == 1 { return [term(fraction == 0 ? above - 1 : above, 1)] }
        return [term(above - 1, 1 - fraction), term(above, fraction)]
    }

    private func term(_ position: Int, _ weight: Float) -> OutputMap.Term {
        OutputMap.Term(outputIndex: outputIndices[position], weight: weight)
    }
}

extension Array {
    /// The first index at which a predicate, false and then true over the array, is true.
    func partitioningIndex(where isInSecondPart: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
