import Basics

/// The first bytes of a block's chunk.
struct ExactBlockHeader: Equatable {
    static let magic = "CVEB"
    static let byteCount = 56
    private static let structure = "an exact block"

    let coder: ExactCoderIdentifier
    let representation: SampleRepresentation
    let lines: Range<Int>
    /// The header's version.
    let arrangement: BlockArrangement
    let step: Double
    let exceptionByteCount: Int
    let payloadByteCount: Int
    /// CRC-32 of the block's samples as decoded, [bands][lines][samples], little-endian.
    let checksum: UInt32

    /// The header as bytes, its own CRC-32 at the end.
    func encode() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(magic: Self.magic)
        writer.write(arrangement.rawValue)
        writer.write(coder.rawValue)
        writer.write(representation.rawValue)
        writer.write(UInt8(0))
        writer.write(UInt64(lines.lowerBound))
        writer.write(UInt64(lines.count))
        writer.write(step)
        writer.write(UInt64(exceptionByteCount))
        writer.write(UInt64(payloadByteCount))
        writer.write(checksum)
        writer.write(CRC32.checksum(of: writer.bytes))
        return writer.bytes
    }

    /// Reads the header of a chunk that must hold `lines`, and checks that the chunk is as long as
    /// it says.
    init(decoding chunk: [UInt8], lines: Range<Int>) throws {
        try self.init(decoding: chunk)
        guard self.lines == lines else {
            throw BasicsError.malformed(
                structure: Self.structure,
                reason: "it holds \(self.lines.count) lines from \(self.lines.lowerBound)")
        }
    }

    /// Reads the header of a chunk that may hold any lines.
    init(decoding chunk: [UInt8]) throws {
        var reader = ByteReader(Array(chunk.prefix(Self.byteCount)), structure: Self.structure)
        try reader.expect(magic: Self.magic)
        let version = try reader.read(UInt8.self)
        guard let arrangement = BlockArrangement(rawValue: version) else {
            throw CubeCodecError.unknownVersion(structure: Self.structure, version: Int(version))
        }
        self.arrangement = arrangement
        let coderCode = try reader.read(UInt8.self)
        let representationCode = try reader.read(UInt8.self)
        _ = try reader.read(UInt8.self)
        let firstLine = Int(clamping: try reader.read(UInt64.self))
        let lineCount = Int(clamping: try reader.read(UInt64.self))
        step = try reader.readDouble()
        exceptionByteCount = Int(clamping: try reader.read(UInt64.self))
        payloadByteCount = Int(clamping: try reader.read(UInt64.self))
        checksum = try reader.read(UInt32.self)
        guard try reader.read(UInt32.self) == CRC32.checksum(of: Array(chunk.prefix(52))) else {
            throw reader.malformed("its header's checksum does not match")
        }
        guard let coder = ExactCoderIdentifier(rawValue: coderCode),
            let representation = SampleRepresentation(rawValue: representationCode)
        else {
            throw reader.malformed("coder \(coderCode) or kind \(representationCode) is unknown")
        }
        let (end, overflow) = firstLine.addingReportingOverflow(lineCount)
        guard !overflow else {
            throw reader.malformed("it holds \(lineCount) lines from \(firstLine)")
        }
        let bodyByteCount = chunk.count - Self.byteCount
        guard exceptionByteCount <= bodyByteCount,
            payloadByteCount == bodyByteCount - exceptionByteCount
        else { throw reader.malformed("its parts do not fit its length") }
        self.coder = coder
        self.representation = representation
        lines = firstLine..<end
    }

    init(_ samples: RepresentedSamples, _ coded: BlockCoders.Coded, lines: Range<Int>) {
        coder = coded.coder
        arrangement = coded.arrangement
        self.lines = lines
        representation = samples.representation
        step = samples.step
        exceptionByteCount = samples.exceptions.count
        payloadByteCount = coded.payload.count
        checksum = samples.checksum
    }
}
