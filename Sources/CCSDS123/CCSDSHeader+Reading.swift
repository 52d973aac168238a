import Cube

/// Parsing the header (tables 5-2 to 5-14). Bytes may be hostile: nothing is allocated before the
/// bits that fill it are known to be there.
extension CCSDSHeader {
    /// Parses and checks the header of a stream, without its body.
    ///
    /// - Throws: ``CCSDSError`` when the header is truncated, malformed or uses what is left out.
    public init(parsing bytes: [UInt8]) throws(CCSDSError) {
        var bits = BitReader(bytes)
        self = try Self.read(from: &bits)
    }

    /// Reads a header and leaves the reader at the body's first byte.
    ///
    /// - Parameters:
    ///   - maximumSampleCount: nil where no body follows. Else images of more samples, or of more
    ///   than the bits that are there can hold, are refused before any table is read:
    ///   tables have an entry per band.
    ///   - codedPixelCount: how many of the pixels the body holds; nil for all.
    static func read(
        from bits: inout BitReader, maximumSampleCount: Int? = nil, codedPixelCount: Int? = nil
    ) throws(CCSDSError) -> CCSDSHeader {
        var header = try readEssentials(from: &bits)
        if let maximumSampleCount {
            let sampleCount = header.geometry.sampleCount
            guard sampleCount <= maximumSampleCount else {
                throw .tooLarge(sampleCount: sampleCount, limit: maximumSampleCount)
            }
            let coded = codedPixelCount ?? header.geometry.pixelCount
            guard
                BodyDecoder.leastBitCount(header, pixelCount: coded) <= bits.remainingBitCount
            else {
                throw .truncated(part: "its body")
            }
        }
        header.supplementaryTables = try readTables(from: &bits, image: header.image)
        try header.readPredictor(from: &bits)
        try header.readEntropyCoder(from: &bits)
        do {
            try header.validate()
        } catch .invalidParameter(let name, let value, let allowed) {
            throw .malformed(reason: "\(name) is \(value) and must be \(allowed)")
        }
        return header
    }

    /// `value` of `bitCount` bits that were written modulo 2^bitCount, where 0 stands for
    /// 2^bitCount.
    private static func unwrapped(_ value: Int, _ bitCount: Int) -> Int {
        value == 0 ? 1 << bitCount : value
    }

    private static func readReserved(_ count: Int, from bits: inout BitReader) throws(CCSDSError) {
        guard try bits.read(count, "the header") == 0 else {
            throw .malformed(reason: "reserved bits of the header are not zero")
        }
    }

    /// Table 5-3, up to the number of supplementary tables.
    private static func readEssentials(from bits: inout BitReader) throws(CCSDSError) -> CCSDSHeader
    {
        let part = "the header's image metadata"
        let userData = UInt8(try bits.read(8, part))
        let samples = unwrapped(try bits.read(16, part), 16)
        let lines = unwrapped(try bits.read(16, part), 16)
        let bands = unwrapped(try bits.read(16, part), 16)
        let isSigned = try bits.read(1, part) == 1
        try readReserved(1, from: &bits)
        let isLarge = try bits.read(1, part) == 1
        let bitDepth = unwrapped(try bits.read(4, part), 4) + (isLarge ? 16 : 0)
        let order = try readOrder(from: &bits, part)
        let geometry: CubeGeometry
        do {
            geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
        } catch {
            throw .malformed(reason: "\(error)")
        }
        try readReserved(2, from: &bits)
        let wordByteCount = unwrapped(try bits.read(3, part), 3)
        let method = try readMethod(from: &bits, part)
        try readReserved(1, from: &bits)
        let fidelity = CCSDSFidelity(
            relative: try bits.read(1, part) == 1 ? CCSDSErrorLimits(.common(0)) : nil)
        let absolute = try bits.read(1, part) == 1 ? CCSDSErrorLimits(.common(0)) : nil
        try readReserved(2, from: &bits)
        var header = CCSDSHeader(
            userData: userData, geometry: geometry, bitDepth: bitDepth, isSigned: isSigned,
            parameters: CCSDSParameters(
                encodingOrder: order, outputWordByteCount: wordByteCount, fidelity: fidelity,
                entropyCoder: CCSDSEntropyCoder(method: method)))
        header.parameters.fidelity.absolute = absolute
        return header
    }

    private static func readOrder(
        from bits: inout BitReader, _ part: String
    ) throws(CCSDSError) -> CCSDSEncodingOrder {
        let isSequential = try bits.read(1, part) == 1
        let depth = try bits.read(16, part)
        guard isSequential else { return .bandInterleaved(depth: unwrapped(depth, 16)) }
        guard depth == 0 else {
            throw .malformed(reason: "band-sequential order has an interleaving depth")
        }
        return .bandSequential
    }

    private static func readMethod(
        from bits: inout BitReader, _ part: String
    ) throws(CCSDSError) -> CCSDSEntropyCoder.Method {
        switch try bits.read(2, part) {
        case 0: return .sampleAdaptive(accumulatorInitialization: .common(0))
        case 1: return .hybrid(initialAccumulator: nil)
        case 2: throw .unsupported(feature: "the block-adaptive entropy coder")
        default: throw .malformed(reason: "its entropy coder type is reserved")
        }
    }

    /// Tables 5-13 and 5-14.
    private mutating func readEntropyCoder(from bits: inout BitReader) throws(CCSDSError) {
        let part = "the header's entropy coder metadata"
        var coder = parameters.entropyCoder
        coder.unaryLengthLimit = Self.unwrapped(try bits.read(5, part), 5)
        coder.rescalingCounterSize = try bits.read(3, part) + 4
        coder.initialCountExponent = Self.unwrapped(try bits.read(3, part), 3)
        if case .hybrid = coder.method {
            try Self.readReserved(5, from: &bits)
        } else {
            coder.method = .sampleAdaptive(
                accumulatorInitialization: try readInitialization(from: &bits, part))
        }
        parameters.entropyCoder = coder
    }

    private func readInitialization(
        from bits: inout BitReader, _ part: String
    ) throws(CCSDSError) -> CCSDSBandValue {
        let constant = try bits.read(4, part)
        let hasTable = try bits.read(1, part) == 1
        guard hasTable || constant == 15 else { return .common(constant) }
        guard hasTable else {
            throw .unsupported(feature: "an accumulator initialization table kept outside of it")
        }
        guard constant == 15 else {
            throw .malformed(reason: "it has both a constant and a table for the accumulators")
        }
        let values = try Self.readValues(geometry.bands, bitCount: 4, from: &bits, part)
        return .perBand(values)
    }

    /// A table of unsigned integers and its fill bits.
    static func readValues(
        _ count: Int, bitCount: Int, from bits: inout BitReader, _ part: String
    ) throws(CCSDSError) -> [Int] {
        guard count * bitCount <= bits.remainingBitCount else { throw .truncated(part: part) }
        var values: [Int] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try bits.read(bitCount, part)) }
        try bits.readFill(part)
        return values
    }
}
