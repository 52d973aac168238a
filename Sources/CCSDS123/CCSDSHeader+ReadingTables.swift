/// Parsing the supplementary tables (table 5-4).
extension CCSDSHeader {
    /// Reads the number of supplementary tables and the tables themselves.
    static func readTables(
        from bits: inout BitReader, image: ImageTraits
    ) throws(CCSDSError) -> [CCSDSSupplementaryTable] {
        let count = try bits.read(4, "the header's image metadata")
        var tables: [CCSDSSupplementaryTable] = []
        for _ in 0..<count { tables.append(try readTable(from: &bits, image: image)) }
        return tables
    }

    private static func readTable(
        from bits: inout BitReader, image: ImageTraits
    ) throws(CCSDSError) -> CCSDSSupplementaryTable {
        let part = "a supplementary information table"
        let type = try bits.read(4, part)
        let purpose = try bits.read(4, part)
        let structureCode = try bits.read(4, part)
        guard let structure = CCSDSSupplementaryTable.Structure(rawValue: structureCode >> 1),
            structureCode & 1 == 0
        else { throw .malformed(reason: "reserved bits of \(part) are not zero") }
        let userData = try bits.read(4, part)
        var table = CCSDSSupplementaryTable(
            purpose: purpose, element: try readElement(type, from: &bits, part),
            structure: structure, userData: userData, patterns: [])
        let count = CCSDSSupplementaryTable.elementCount(structure, image: image)
        let bitCount = table.elementBitCount
        guard count <= bits.remainingBitCount / max(1, bitCount) else {
            throw .truncated(part: part)
        }
        table.patterns.reserveCapacity(count)
        for _ in 0..<count { table.patterns.append(UInt32(try bits.read(bitCount, part))) }
        try bits.readFill(part)
        return table
    }

    private static func readElement(
        _ type: Int, from bits: inout BitReader, _ part: String
    ) throws(CCSDSError) -> CCSDSSupplementaryTable.Element {
        let first = try bits.read(5, part)
        switch type {
        case 0: return .unsigned(bitDepth: first == 0 ? 32 : first)
        case 4: return .signed(bitDepth: first == 0 ? 32 : first)
        case 8:
            let exponentBitCount = try bits.read(3, part)
            let width = exponentBitCount == 0 ? 8 : exponentBitCount
            guard (1...23).contains(first), width >= 2 else {
                throw .malformed(reason: "\(part) has floats of an impossible width")
            }
            return .float(
                significandBitCount: first, exponentBitCount: width,
                bias: try bits.read(width, part))
        default: throw .malformed(reason: "\(part) has a reserved type")
        }
    }
}
