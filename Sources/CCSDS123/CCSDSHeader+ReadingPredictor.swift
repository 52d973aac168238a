import Cube

/// Parsing the predictor metadata (tables 5-5 to 5-12).
extension CCSDSHeader {
    private static var part: String { "the header's predictor metadata" }

    /// Reads the whole part into `parameters`, whose fidelity says which limits there are.
    mutating func readPredictor(from bits: inout BitReader) throws(CCSDSError) {
        let part = Self.part
        guard try bits.read(1, part) == 0 else {
            throw .malformed(reason: "reserved bits of \(part) are not zero")
        }
        let hasRepresentatives = try bits.read(1, part) == 1
        var prediction = CCSDSPrediction()
        prediction.bandCount = try bits.read(4, part)
        prediction.isFull = try bits.read(1, part) == 0
        let hasOffsets = try bits.read(1, part) == 1
        let sum = try bits.read(2, part)
        prediction.localSum = CCSDSLocalSum(rawValue: sum) ?? .wideNeighbor
        let registerBitCount = try bits.read(6, part)
        prediction.registerBitCount = registerBitCount == 0 ? 64 : registerBitCount
        prediction.weightResolution = try bits.read(4, part) + 4
        prediction.exponentIntervalLog2 = try bits.read(4, part) + 4
        prediction.firstExponent = try bits.read(4, part) - 6
        prediction.lastExponent = try bits.read(4, part) - 6
        let hasOffsetTable = try bits.read(1, part) == 1
        guard hasOffsets || !hasOffsetTable else {
            throw .malformed(reason: "it has a table of exponent offsets that it does not use")
        }
        guard hasOffsetTable || !hasOffsets else {
            throw .unsupported(feature: "a weight exponent offset table kept outside of it")
        }
        try readInitialization(of: &prediction, from: &bits)
        if hasOffsetTable { try readOffsets(of: &prediction, from: &bits) }
        parameters.prediction = prediction
        try readFidelity(from: &bits)
        if hasRepresentatives { try readRepresentatives(from: &bits) }
    }

    private func readInitialization(
        of prediction: inout CCSDSPrediction, from bits: inout BitReader
    ) throws(CCSDSError) {
        let isCustom = try bits.read(1, Self.part) == 1
        let hasTable = try bits.read(1, Self.part) == 1
        let resolution = try bits.read(5, Self.part)
        guard isCustom else {
            guard !hasTable, resolution == 0 else {
                throw .malformed(reason: "it has initial weights that it does not use")
            }
            return
        }
        guard hasTable else {
            throw .unsupported(feature: "a weight initialization table kept outside of it")
        }
        guard (3...prediction.weightResolution + 3).contains(resolution) else {
            throw .malformed(reason: "its weight initialization resolution is \(resolution)")
        }
        var vectors: [[Int]] = []
        for band in 0..<geometry.bands {
            var vector: [Int] = []
            for _ in 0..<prediction.weightCount(in: band) {
                vector.append(try bits.readSigned(resolution, Self.part))
            }
            vectors.append(vector)
        }
        try bits.readFill(Self.part)
        prediction.weightInitialization = .custom(resolution: resolution, vectors: vectors)
    }

    private func readOffsets(
        of prediction: inout CCSDSPrediction, from bits: inout BitReader
    ) throws(CCSDSError) {
        var offsets = CCSDSWeightExponentOffsets(directional: [], previousBands: [])
        for band in 0..<geometry.bands {
            if prediction.isFull { offsets.directional.append(try bits.readSigned(4, Self.part)) }
            var own: [Int] = []
            for _ in 0..<prediction.previousBandCount(in: band) {
                own.append(try bits.readSigned(4, Self.part))
            }
            offsets.previousBands.append(own)
        }
        try bits.readFill(Self.part)
        prediction.exponentOffsets = offsets
    }

    /// Table 5-8.
    private mutating func readFidelity(from bits: inout BitReader) throws(CCSDSError) {
        guard !parameters.fidelity.isLossless else { return }
        if parameters.encodingOrder != .bandSequential {
            let code = try bits.read(8, Self.part)
            guard code & 0xB0 == 0, code & 0x40 != 0 || code == 0 else {
                throw .malformed(reason: "its error limit update period is not one")
            }
            parameters.fidelity.updatePeriodLog2 = code & 0x40 == 0 ? nil : code & 15
        }
        if parameters.fidelity.absolute != nil {
            parameters.fidelity.absolute = try readLimits(from: &bits)
        }
        if parameters.fidelity.relative != nil {
            parameters.fidelity.relative = try readLimits(from: &bits)
        }
    }

    /// Tables 5-10 and 5-11. With periodic updating, one period of zeros stands for the body's.
    private func readLimits(from bits: inout BitReader) throws(CCSDSError) -> CCSDSErrorLimits {
        let code = try bits.read(8, Self.part)
        guard code & 0xB0 == 0 else {
            throw .malformed(reason: "reserved bits of its error limits are not zero")
        }
        let isPerBand = code & 0x40 != 0
        let bitDepth = code & 15 == 0 ? 16 : code & 15
        guard parameters.fidelity.updatePeriodLog2 == nil else {
            let zeros = [Int](repeating: 0, count: isPerBand ? geometry.bands : 1)
            return CCSDSErrorLimits(
                bitDepth: bitDepth, periods: [CCSDSBandValue(isPerBand: isPerBand, values: zeros)])
        }
        let values = try Self.readValues(
            isPerBand ? geometry.bands : 1, bitCount: bitDepth, from: &bits, Self.part)
        return CCSDSErrorLimits(
            bitDepth: bitDepth, periods: [CCSDSBandValue(isPerBand: isPerBand, values: values)])
    }

    /// Table 5-12.
    private mutating func readRepresentatives(from bits: inout BitReader) throws(CCSDSError) {
        let resolution = try bits.read(8, Self.part)
        guard (1...4).contains(resolution) else {
            throw .malformed(reason: "its sample representative resolution is \(resolution)")
        }
        let codes = [try bits.read(8, Self.part), try bits.read(8, Self.part)]
        var fields: [CCSDSBandValue] = []
        for code in codes {
            switch code >> 4 {
            case 0: fields.append(.common(code & 15))
            case 6 where code & 15 == 0:
                fields.append(
                    .perBand(
                        try Self.readValues(
                            geometry.bands, bitCount: resolution, from: &bits, Self.part)))
            case 4 where code & 15 == 0:
                throw .unsupported(feature: "a damping or offset table kept outside of it")
            default: throw .malformed(reason: "its sample representatives are not described")
            }
        }
        parameters.representatives = CCSDSRepresentatives(
            resolution: resolution, damping: fields[0], offset: fields[1])
    }
}
