import Cube

/// The header's bits, field by field in the order of tables 5-2 to 5-14.
extension CCSDSHeader {
    /// Writes the header; it must be valid. It ends on a byte.
    func write(to bits: inout BitWriter) {
        writeEssentials(to: &bits)
        for table in supplementaryTables { Self.write(table, to: &bits) }
        writePrimary(to: &bits)
        writeWeightTables(to: &bits)
        writeQuantization(to: &bits)
        writeRepresentatives(to: &bits)
        writeEntropyCoder(to: &bits)
    }

    /// Table 5-3.
    private func writeEssentials(to bits: inout BitWriter) {
        bits.write(Int(userData), count: 8)
        bits.write(geometry.samples, count: 16)
        bits.write(geometry.lines, count: 16)
        bits.write(geometry.bands, count: 16)
        bits.write(isSigned)
        bits.write(false)
        bits.write(bitDepth > 16)
        bits.write(bitDepth, count: 4)
        switch parameters.encodingOrder {
        case .bandSequential: bits.write(1 << 16, count: 17)
        case .bandInterleaved(let depth): bits.write(depth & 0xFFFF, count: 17)
        }
        bits.write(0, count: 2)
        bits.write(parameters.outputWordByteCount, count: 3)
        switch parameters.entropyCoder.method {
        case .sampleAdaptive: bits.write(0, count: 2)
        case .hybrid: bits.write(1, count: 2)
        }
        bits.write(false)
        bits.write(parameters.fidelity.relative != nil)
        bits.write(parameters.fidelity.absolute != nil)
        bits.write(0, count: 2)
        bits.write(supplementaryTables.count, count: 4)
    }

    /// Table 5-4.
    private static func write(_ table: CCSDSSupplementaryTable, to bits: inout BitWriter) {
        switch table.element {
        case .unsigned: bits.write(0, count: 4)
        case .signed: bits.write(4, count: 4)
        case .float: bits.write(8, count: 4)
        }
        bits.write(table.purpose, count: 4)
        bits.write(table.structure.rawValue, count: 3)
        bits.write(table.userData, count: 5)
        switch table.element {
        case .unsigned(let bitDepth), .signed(let bitDepth): bits.write(bitDepth, count: 5)
        case .float(let significandBitCount, let exponentBitCount, let bias):
            bits.write(significandBitCount, count: 5)
            bits.write(exponentBitCount, count: 3)
            bits.write(bias, count: exponentBitCount)
        }
        for pattern in table.patterns { bits.write(Int(pattern), count: table.elementBitCount) }
        bits.fill(toMultipleOf: 1)
    }

    /// Table 5-6.
    private func writePrimary(to bits: inout BitWriter) {
        let prediction = parameters.prediction
        bits.write(false)
        bits.write(parameters.representatives.resolution > 0)
        bits.write(prediction.bandCount, count: 4)
        bits.write(!prediction.isFull)
        bits.write(prediction.exponentOffsets != nil)
        bits.write(prediction.localSum.rawValue, count: 2)
        bits.write(prediction.registerBitCount, count: 6)
        bits.write(prediction.weightResolution - 4, count: 4)
        bits.write(prediction.exponentIntervalLog2 - 4, count: 4)
        bits.write(prediction.firstExponent + 6, count: 4)
        bits.write(prediction.lastExponent + 6, count: 4)
        bits.write(prediction.exponentOffsets != nil)
        if case .custom(let resolution, _) = prediction.weightInitialization {
            bits.write(3, count: 2)
            bits.write(resolution, count: 5)
        } else {
            bits.write(0, count: 7)
        }
    }

    /// Table 5-7. Tables that the parameters call for are always written.
    private func writeWeightTables(to bits: inout BitWriter) {
        let prediction = parameters.prediction
        if case .custom(let resolution, let vectors) = prediction.weightInitialization {
            for weight in vectors.joined() { bits.write(weight, count: resolution) }
            bits.fill(toMultipleOf: 1)
        }
        guard let offsets = prediction.exponentOffsets else { return }
        for band in 0..<geometry.bands {
            if prediction.isFull { bits.write(offsets.directional[band], count: 4) }
            for offset in offsets.previousBands[band] { bits.write(offset, count: 4) }
        }
        bits.fill(toMultipleOf: 1)
    }

    /// Table 5-8.
    private func writeQuantization(to bits: inout BitWriter) {
        let fidelity = parameters.fidelity
        guard !fidelity.isLossless else { return }
        if parameters.encodingOrder != .bandSequential {
            bits.write(fidelity.updatePeriodLog2 == nil ? 0 : 1, count: 2)
            bits.write(fidelity.updatePeriodLog2 ?? 0, count: 6)
        }
        for limits in [fidelity.absolute, fidelity.relative].compactMap({ $0 }) {
            bits.write(limits.isPerBand ? 1 : 0, count: 2)
            bits.write(limits.bitDepth & 15, count: 6)
            guard fidelity.updatePeriodLog2 == nil else { continue }
            for limit in limits.periods[0].values { bits.write(limit, count: limits.bitDepth) }
            bits.fill(toMultipleOf: 1)
        }
    }

    /// Table 5-12.
    private func writeRepresentatives(to bits: inout BitWriter) {
        let representatives = parameters.representatives
        guard representatives.resolution > 0 else { return }
        bits.write(representatives.resolution, count: 8)
        let fields = [representatives.damping, representatives.offset]
        for field in fields {
            bits.write(field.isPerBand ? 3 : 0, count: 3)
            bits.write(field.isPerBand ? 0 : field[0], count: 5)
        }
        for field in fields where field.isPerBand {
            for value in field.values { bits.write(value, count: representatives.resolution) }
            bits.fill(toMultipleOf: 1)
        }
    }

    /// Tables 5-13 and 5-14.
    private func writeEntropyCoder(to bits: inout BitWriter) {
        let coder = parameters.entropyCoder
        bits.write(coder.unaryLengthLimit, count: 5)
        bits.write(coder.rescalingCounterSize - 4, count: 3)
        bits.write(coder.initialCountExponent, count: 3)
        switch coder.method {
        case .hybrid: bits.write(0, count: 5)
        case .sampleAdaptive(.common(let constant)):
            bits.write(constant, count: 4)
            bits.write(false)
        case .sampleAdaptive(.perBand(let values)):
            bits.write(0x1F, count: 5)
            for value in values { bits.write(value, count: 4) }
            bits.fill(toMultipleOf: 1)
        }
    }
}
