import Cube

/// What the outputs of a base network stand for: a centre wavelength each, or nothing but a number
/// for cubes whose wavelengths nobody knows.
public struct BandGrid: Hashable, Sendable, Codable {
    /// One entry per output: its centre wavelength, positive and finite; nil where it has none.
    public let wavelengthNanometers: [Double?]
    /// Centres nearer than this share an output, and a band at most this far outside the known
    /// wavelengths still matches the outermost output. Not negative.
    public let mergeNanometers: Double

    /// A grid over stated outputs.
    public init(wavelengthNanometers: [Double?], mergeNanometers: Double) {
        precondition(
            mergeNanometers >= 0 && wavelengthNanometers.allSatisfy { ($0 ?? 1).isUsable },
            "a grid's wavelengths are positive and finite")
        self.wavelengthNanometers = wavelengthNanometers
        self.mergeNanometers = mergeNanometers
    }

    /// C, the number of outputs.
    public var outputCount: Int { wavelengthNanometers.count }

    /// The smallest grid that covers all training cubes: the sorted union of their wavelengths, of
    /// which centres nearer than `mergeNanometers` become one (the lowest), and at least as many
    /// outputs as the largest cube without wavelengths has bands.
    ///
    /// Outputs of `earlier`, the grid of the network that training goes on from, keep their place.
    public static func covering(
        _ descriptions: [CubeDescription], mergeNanometers: Double,
        extending earlier: BandGrid? = nil
    ) -> BandGrid {
        var wavelengths: [Double] = []
        var indexedBandCount = 1
        for description in descriptions {
            let known = description.knownWavelengthsNanometers
            if let known {
                wavelengths += known.compactMap(\.self)
            } else {
                indexedBandCount = max(indexedBandCount, description.geometry.bands)
            }
        }
        var outputs = earlier?.wavelengthNanometers ?? []
        let kept = outputs.compactMap(\.self).sorted()
        var previous = -Double.infinity
        for wavelength in wavelengths.sorted() where wavelength - previous >= mergeNanometers {
            if wavelength == previous { continue }
            if kept.distance(to: wavelength) < max(mergeNanometers, .leastNonzeroMagnitude) {
                continue
            }
            outputs.append(wavelength)
            previous = wavelength
        }
        let missing = max(0, indexedBandCount - outputs.count)
        outputs += [Double?](repeating: nil, count: missing)
        return BandGrid(wavelengthNanometers: outputs, mergeNanometers: mergeNanometers)
    }
}

extension CubeDescription {
    /// Each band's wavelength, nil for single bands that have none; nil altogether where the cube's
    /// wavelengths say nothing: none is positive and finite, or several bands share only one.
    var knownWavelengthsNanometers: [Double?]? {
        let usable = bands.map { band in
            band.wavelengthNanometers.flatMap { $0.isUsable ? $0 : nil }
        }
        let distinctCount = Set(usable.compactMap(\.self)).count
        return distinctCount >= min(2, geometry.bands) ? usable : nil
    }
}

extension Double {
    /// Whether the value can be a wavelength.
    var isUsable: Bool { isFinite && self > 0 }
}

extension [Double] {
    /// The distance from `value` to the nearest element of this sorted array; infinite if empty.
    fileprivate func distance(to value: Double) -> Double {
        let low = partitioningIndex { $0 >= value }
        let above = low < endIndex ? self[low] - value : .infinity
        return low > startIndex ? Swift.min(above, value - self[low - 1]) : above
    }
}
