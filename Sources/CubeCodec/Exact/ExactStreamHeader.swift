import Basics
import Cube

/// Chunk 0 of an exact stream: what the cube is, and which lines each further chunk holds. The last
/// chunk repeats it, so that damage to either end of a blob leaves one.
///
/// Invariant: `blocks` are consecutive and cover the cube's lines.
public struct ExactStreamHeader: Hashable, Sendable {
    /// The most bands of a stream: a hostile header must not make a reader list more.
    public static let maximumBandCount = 1 << 20

    static let magic = "CVEX"
    /// Streams of version 1 lack the copy at the end.
    static let versions: ClosedRange<UInt16> = 1...2
    private static let structure = "an exact stream's header"
    /// Bytes of a header without blocks: the fixed fields and the checksum.
    private static let fixedByteCount = 72

    /// Lines x samples x bands.
    public let geometry: CubeGeometry
    /// The type of every sample.
    public let sampleType: SampleType
    /// The value that marks a missing sample; nil where there is none.
    public let nodataValue: Double?
    /// `lossless` or a maximum error, absolute or relative.
    public let fidelity: Fidelity
    /// The coder of most blocks, or so it was meant; each block names its own.
    public let coder: ExactCoderIdentifier
    /// The lines of each block; block i is chunk i + 1.
    public let blocks: [Range<Int>]
    /// Whether the last chunk repeats the header (version 2).
    public let isRepeated: Bool

    /// States a header for blocks of lines of at most `blockByteCount` bytes of samples each, and
    /// at least one line.
    ///
    /// - Throws: ``CubeCodecError/tooManyBands(count:limit:)``.
    public init(
        description: CubeDescription, fidelity: Fidelity, coder: ExactCoderIdentifier,
        blockByteCount: Int
    ) throws(CubeCodecError) {
        precondition(fidelity != .latent, "a latent has no exact stream")
        precondition(blockByteCount > 0, "a block holds something")
        let bands = description.geometry.bands
        guard bands <= Self.maximumBandCount else {
            throw .tooManyBands(count: bands, limit: Self.maximumBandCount)
        }
        geometry = description.geometry
        sampleType = description.sampleType
        nodataValue = description.nodataValue
        self.fidelity = fidelity
        self.coder = coder
        blocks = description.lineRanges(ofAtMost: min(blockByteCount, Int(UInt32.max)))
        isRepeated = true
    }

    /// The header of a cube whose own is lost, for the blocks that are left of it.
    ///
    /// - Parameter blocks: consecutive, covering the lines. What is not known is put down as
    ///   lossless and of coder 1; to decode blocks, neither matters.
    init(replacing description: CubeDescription, blocks: [Range<Int>]) {
        geometry = description.geometry
        sampleType = description.sampleType
        nodataValue = description.nodataValue
        fidelity = .lossless
        coder = .bandDifference
        self.blocks = blocks
        isRepeated = false
    }

    /// Chunks of a whole stream: header, blocks, and the header's copy.
    public var chunkCount: Int { blocks.count + (isRepeated ? 2 : 1) }

    /// A description of the cube with all that the stream knows: no wavelengths or names.
    public var bareDescription: CubeDescription {
        CubeDescription(geometry: geometry, sampleType: sampleType, nodataValue: nodataValue)
    }

    /// The header as chunk 0, and as the last chunk.
    public func encode() -> [UInt8] {
        let (kind, bound) = fidelityFields
        var writer = ByteWriter()
        writer.write(magic: Self.magic)
        writer.write(isRepeated ? Self.versions.upperBound : Self.versions.lowerBound)
        writer.write(sampleType.formatCode)
        writer.write(coder.rawValue)
        writer.write(UInt64(Self.fixedByteCount + 4 * blocks.count))
        writer.write(kind)
        writer.write(UInt32(nodataValue == nil ? 0 : 1))
        writer.write(bound)
        writer.write(nodataValue ?? 0)
        for extent in [geometry.lines, geometry.samples, geometry.bands] {
            writer.write(UInt64(extent))
        }
        writer.write(UInt32(blocks.count))
        for lines in blocks { writer.write(UInt32(lines.count)) }
        writer.write(CRC32.checksum(of: writer.bytes))
        return writer.bytes
    }

    /// The kind of fidelity and its bound: in data units, or in percent of each sample.
    private var fidelityFields: (kind: UInt32, bound: Double) {
        switch fidelity {
        case .lossless, .latent: (0, 0)
        case .maximumError(let bound): (1, bound)
        case .maximumRelativeError(let percent): (2, percent)
        }
    }

    /// Reads chunk 0 from hostile bytes.
    ///
    /// - Throws: ``CubeCodecError/damagedHeader(reason:)`` or
    ///   ``CubeCodecError/unknownVersion(structure:version:)``.
    public init(decoding bytes: [UInt8]) throws(CubeCodecError) {
        do {
            try self.init(reading: bytes)
        } catch let error as CubeCodecError {
            throw error
        } catch {
            throw .damagedHeader(reason: "\(error)")
        }
    }

    private init(reading bytes: [UInt8]) throws {
        var reader = ByteReader(bytes, structure: Self.structure)
        try reader.expect(magic: Self.magic)
        let version = try reader.read(UInt16.self)
        guard Self.versions.contains(version) else {
            throw CubeCodecError.unknownVersion(structure: Self.structure, version: Int(version))
        }
        let typeCode = try reader.read(UInt8.self)
        let coderCode = try reader.read(UInt8.self)
        let byteCount = try reader.read(UInt64.self)
        guard byteCount == bytes.count, bytes.count >= Self.fixedByteCount else {
            throw reader.malformed("\(bytes.count) bytes are there, it declares \(byteCount)")
        }
        var tail = ByteReader(bytes, structure: Self.structure, offset: bytes.count - 4)
        guard try tail.read(UInt32.self) == CRC32.checksum(of: Array(bytes.dropLast(4))) else {
            throw reader.malformed("its checksum does not match")
        }
        guard let sampleType = SampleType(formatCode: typeCode) else {
            throw reader.malformed("sample type \(typeCode) is not known")
        }
        guard let coder = ExactCoderIdentifier(rawValue: coderCode) else {
            throw reader.malformed("coder \(coderCode) is not known")
        }
        isRepeated = version > 1
        self.sampleType = sampleType
        self.coder = coder
        (fidelity, nodataValue) = try Self.readFidelity(from: &reader)
        geometry = try Self.readGeometry(from: &reader)
        guard geometry.bands <= Self.maximumBandCount else {
            throw reader.malformed("it declares \(geometry.bands) bands")
        }
        blocks = try Self.readBlocks(from: &reader, lineCount: geometry.lines)
    }

    private static func readFidelity(
        from reader: inout ByteReader
    ) throws -> (Fidelity, Double?) {
        let kind = try reader.read(UInt32.self)
        let hasNodata = try reader.read(UInt32.self)
        let bound = try reader.readDouble()
        let nodata = try reader.readDouble()
        let fidelity: Fidelity
        switch kind {
        case 0: fidelity = .lossless
        case 1 where bound.isFinite && bound >= 0: fidelity = .maximumError(bound)
        case 2 where Fidelity.percentRange.contains(bound):
            fidelity = .maximumRelativeError(percent: bound)
        default: throw reader.malformed("its fidelity is not known")
        }
        guard hasNodata <= 1 else { throw reader.malformed("its nodata value is not known") }
        return (fidelity, hasNodata == 1 ? nodata : nil)
    }

    private static func readGeometry(from reader: inout ByteReader) throws -> CubeGeometry {
        try CubeGeometry(
            lines: Int(clamping: reader.read(UInt64.self)),
            samples: Int(clamping: reader.read(UInt64.self)),
            bands: Int(clamping: reader.read(UInt64.self)))
    }

    private static func readBlocks(
        from reader: inout ByteReader, lineCount: Int
    ) throws -> [Range<Int>] {
        let count = Int(try reader.read(UInt32.self))
        guard reader.remainingByteCount == 4 * count + 4 else {
            throw reader.malformed("\(count) blocks do not fit its length")
        }
        var blocks: [Range<Int>] = []
        var line = 0
        for _ in 0..<count {
            let lines = Int(try reader.read(UInt32.self))
            guard lines > 0, lines <= lineCount - line else {
                throw reader.malformed("its blocks do not cover the cube")
            }
            blocks.append(line..<line + lines)
            line += lines
        }
        guard line == lineCount else { throw reader.malformed("its blocks end at line \(line)") }
        return blocks
    }
}
