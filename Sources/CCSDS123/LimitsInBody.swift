import Cube

/// The error limits of periodic updating, which travel in the body (5.4.2.2.2), as they are read.
struct LimitsInBody {
    private let fidelity: CCSDSFidelity
    private let bands: Int
    private var absolutePeriods: [CCSDSBandValue] = []
    private var relativePeriods: [CCSDSBandValue] = []

    init(_ header: CCSDSHeader) {
        fidelity = header.parameters.fidelity
        bands = header.geometry.bands
    }

    /// Reads what stands before a line, from the front. `take` gives the next so many bits.
    mutating func readForward(line: Int, take: (Int) -> UInt64) {
        guard fidelity.updatePeriod(beginningAt: line) != nil else { return }
        if let limits = fidelity.absolute {
            absolutePeriods.append(read(limits, isBackward: false, take))
        }
        if let limits = fidelity.relative {
            relativePeriods.append(read(limits, isBackward: false, take))
        }
    }

    /// Reads what stands before a line, from the back.
    mutating func readBackward(line: Int, take: (Int) -> UInt64) {
        guard fidelity.updatePeriod(beginningAt: line) != nil else { return }
        if let limits = fidelity.relative {
            relativePeriods.append(read(limits, isBackward: true, take))
        }
        if let limits = fidelity.absolute {
            absolutePeriods.append(read(limits, isBackward: true, take))
        }
        if line == 0 {
            absolutePeriods.reverse()
            relativePeriods.reverse()
        }
    }

    private func read(
        _ limits: CCSDSErrorLimits, isBackward: Bool, _ take: (Int) -> UInt64
    ) -> CCSDSBandValue {
        let count = limits.isPerBand ? bands : 1
        var values = (0..<count).map { _ in Int(take(limits.bitDepth)) }
        if isBackward { values.reverse() }
        return CCSDSBandValue(isPerBand: limits.isPerBand, values: values)
    }

    /// Puts the limits that were read into the header.
    func finish(_ header: inout CCSDSHeader) {
        guard fidelity.updatePeriodLog2 != nil else { return }
        header.parameters.fidelity.absolute?.periods = absolutePeriods
        header.parameters.fidelity.relative?.periods = relativePeriods
    }
}
