import Basics
import NeuralField

/// The base network as bytes; docs/FORMAT.md describes every one of them.
///
/// The same content always gives the same bytes, so their SHA-256 names the network.
extension BaseNetwork {
    private static let magic = "CVBASE\u{1A}\n"
    /// What is written. Version 1, whose parameters are plain floats and which has neither a latent
    /// form nor golden decodes, is read as well.
    private static let version: UInt32 = 2
    /// Version 2 with companions behind.
    private static let companionsVersion: UInt32 = 3
    private static let structure = "base network"

    /// Magic, version, length, contents, SHA-256 of everything before it.
    ///
    /// - Throws: ``NeuralFieldError`` where the network cannot decode even phi = 0.
    public func serialized() throws(NeuralFieldError) -> [UInt8] {
        var contents = ByteWriter()
        contents.write(bytes: self.contents)
        let decodes = try GoldenDecode.standard(of: parameters)
        contents.write(UInt32(decodes.count))
        for decode in decodes {
            contents.write(decode.latent)
            contents.write(bytes: decode.sha256.bytes)
        }
        if !companions.isEmpty { try writeCompanions(to: &contents) }

        var writer = ByteWriter()
        writer.write(magic: Self.magic)
        writer.write(companions.isEmpty ? Self.version : Self.companionsVersion)
        writer.write(UInt64(contents.bytes.count))
        writer.write(bytes: contents.bytes)
        writer.write(bytes: SHA256Hasher.digest(of: writer.bytes).bytes)
        return writer.bytes
    }

    /// The contents up to the golden decodes, which follow from them.
    var contents: [UInt8] {
        var contents = ByteWriter()
        writeArchitecture(to: &contents)
        writeLatentGrid(to: &contents)
        contents.write(bandGrid.mergeNanometers)
        // 0 stands for an output without a wavelength; a known one is always positive.
        for wavelength in bandGrid.wavelengthNanometers { contents.write(wavelength ?? 0) }
        contents.write(UInt32(inner.stepCount))
        contents.write(inner.rates)
        writePrior(to: &contents)
        for range in parameters.layout.tensors {
            StoredTensor.write(parameters.values[range], to: &contents)
        }
        return contents.bytes
    }

    /// Reads what ``serialized()`` wrote, from bytes that may be hostile, and decodes the golden
    /// latents.
    ///
    /// - Throws: ``BasicsError`` where the bytes are damaged, ``NeuralFieldError`` or
    ///   ``MetaLearningError`` where their contents cannot be a network or it does not decode as it
    ///   should.
    public init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes, structure: Self.structure)
        try reader.expect(magic: Self.magic)
        let version = try reader.read(UInt32.self)
        guard (1...Self.companionsVersion).contains(version) else {
            throw reader.malformed("version \(version) is not known; update the program")
        }
        let contentByteCount = try reader.read(UInt64.self)
        let digestByteCount = SHA256Digest.byteCount
        guard contentByteCount == reader.remainingByteCount - digestByteCount else {
            throw BasicsError.truncated(
                structure: Self.structure,
                neededByteCount: Int(clamping: contentByteCount) / 2 + digestByteCount,
                availableByteCount: reader.remainingByteCount)
        }
        let digest = SHA256Hasher.digest(of: Array(bytes.dropLast(digestByteCount)))
        guard digest.bytes.elementsEqual(bytes.suffix(digestByteCount)) else {
            throw reader.malformed("its checksum does not match")
        }
        try self.init(
            contents: &reader, version: version, endingBefore: bytes.count - digestByteCount)
    }

    /// Whether bytes begin as a base network file does.
    public static func isBaseNetwork(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.starts(with: magic.utf8)
    }

    private init(
        contents reader: inout ByteReader, version: UInt32, endingBefore end: Int
    ) throws {
        let architecture = try Self.readArchitecture(from: &reader)
        let latentGrid = try Self.readLatentGrid(from: &reader)
        let grid = try Self.readBandGrid(from: &reader, outputCount: architecture.outputCount)
        let stepCount = Int(try reader.read(UInt32.self))
        let rates = try reader.readFloats(architecture.latentCount)
        let prior =
            version == 1 ? nil : try Self.readPrior(of: architecture, from: &reader)
        let values =
            version == 1
            ? try reader.readFloats(architecture.parameterCount)
            : try Self.readTensors(of: architecture, from: &reader)
        let decodes =
            version == 1 ? [] : try Self.readGoldenDecodes(of: architecture, from: &reader)
        let companions =
            version == Self.companionsVersion
            ? try Self.readCompanions(from: &reader, endingBefore: end) : []
        guard reader.offset == end else { throw reader.malformed("it has bytes left over") }
        try self.init(
            parameters: FieldParameters(architecture: architecture, values: values),
            bandGrid: grid, latentGrid: latentGrid,
            inner: InnerSettings(stepCount: stepCount, rates: rates), latentPrior: prior,
            companions: companions)
        try GoldenDecode.check(decodes, of: parameters)
    }

    private func writeCompanions(to writer: inout ByteWriter) throws(NeuralFieldError) {
        writer.write(UInt32(companions.count))
        for companion in companions {
            let bytes = try companion.serialized()
            writer.write(UInt64(bytes.count))
            writer.write(bytes: bytes)
        }
    }

    /// Whole files of their own; that they have no companions again is checked before they are
    /// read, so that hostile bytes cannot nest.
    private static func readCompanions(
        from reader: inout ByteReader, endingBefore end: Int
    ) throws -> [BaseNetwork] {
        let count = Int(try reader.read(UInt32.self))
        guard (1...maximumCompanionCount).contains(count) else {
            throw reader.malformed("it has \(count) companions")
        }
        return try (0..<count).map { _ in
            let byteCount = try reader.read(UInt64.self)
            guard byteCount <= end - reader.offset else {
                throw reader.malformed("a companion of \(byteCount) bytes reaches beyond the end")
            }
            let bytes = Array(try reader.readBytes(Int(byteCount)))
            let versionBytes = bytes.dropFirst(magic.utf8.count).prefix(4)
            guard versionBytes.elementsEqual([UInt8(version), 0, 0, 0]) else {
                throw reader.malformed("a companion is not of version \(version)")
            }
            return try BaseNetwork(bytes: bytes)
        }
    }

    private func writePrior(to writer: inout ByteWriter) {
        writer.write(UInt32(latentForm))
        guard let latentPrior else { return }
        if latentPrior.isCentred { writer.write(latentPrior.means) }
        writer.write(latentPrior.steps)
        for magnitude in latentPrior.magnitudes16 { writer.write(magnitude) }
    }

    private static func readPrior(
        of architecture: FieldArchitecture, from reader: inout ByteReader
    ) throws -> LatentPrior? {
        let form = Int(try reader.read(UInt32.self))
        guard latentForms.contains(form) else {
            throw reader.malformed("its latents have form \(form), which is not known")
        }
        guard form > 1 else { return nil }
        let prior = try LatentPrior(
            means: form == 3 ? reader.readFloats(architecture.latentCount) : nil,
            steps: reader.readFloats(architecture.latentCount),
            magnitudes16: (0..<architecture.latentCount).map { _ in
                try reader.read(UInt16.self)
            })
        guard form == 2 || prior.isCentred else {
            throw reader.malformed("it states means of 0, which go without saying")
        }
        return prior
    }

    private static func readTensors(
        of architecture: FieldArchitecture, from reader: inout ByteReader
    ) throws -> [Float] {
        try FieldLayout(architecture).tensors.flatMap { range in
            try StoredTensor.read(range.count, from: &reader)
        }
    }

    private static func readGoldenDecodes(
        of architecture: FieldArchitecture, from reader: inout ByteReader
    ) throws -> [GoldenDecode] {
        let count = Int(try reader.read(UInt32.self))
        guard (1...GoldenDecode.maximumCount).contains(count) else {
            throw reader.malformed("it has \(count) golden decodes")
        }
        return try (0..<count).map { _ in
            GoldenDecode(
                latent: try reader.readFloats(architecture.latentCount),
                sha256: SHA256Digest(
                    bytes: Array(try reader.readBytes(SHA256Digest.byteCount))))
        }
    }

    private func writeArchitecture(to writer: inout ByteWriter) {
        writer.write(UInt32(architecture.hiddenLayerCount))
        writer.write(UInt32(architecture.hiddenWidth))
        writer.write(UInt32(architecture.latentCount))
        writer.write(UInt32(architecture.outputCount))
        writer.write(architecture.omega)
    }

    private static func readArchitecture(
        from reader: inout ByteReader
    ) throws -> FieldArchitecture {
        try FieldArchitecture(
            hiddenLayerCount: Int(reader.read(UInt32.self)),
            hiddenWidth: Int(reader.read(UInt32.self)),
            latentCount: Int(reader.read(UInt32.self)),
            outputCount: Int(reader.read(UInt32.self)), omega: reader.readFloat())
    }

    private func writeLatentGrid(to writer: inout ByteWriter) {
        let (kind, first, second) =
            switch latentGrid {
            case .scene: (0, 1, 1)
            case .cells(let rows, let columns): (1, rows, columns)
            case .tiles(let lines, let samples): (2, lines, samples)
            }
        for value in [kind, first, second] { writer.write(UInt32(value)) }
    }

    private static func readLatentGrid(from reader: inout ByteReader) throws -> LatentGrid {
        let kind = try reader.read(UInt32.self)
        let first = Int(try reader.read(UInt32.self))
        let second = Int(try reader.read(UInt32.self))
        switch kind {
        case 0 where first == 1 && second == 1: return .scene
        case 1: return .cells(rows: first, columns: second)
        case 2: return .tiles(lines: first, samples: second)
        default: throw reader.malformed("latent grid \(kind) is not known")
        }
    }

    private static func readBandGrid(
        from reader: inout ByteReader, outputCount: Int
    ) throws -> BandGrid {
        let mergeNanometers = try reader.readDouble()
        guard mergeNanometers.isFinite, mergeNanometers >= 0 else {
            throw reader.malformed("its merging distance is \(mergeNanometers)")
        }
        var wavelengths: [Double?] = []
        for _ in 0..<outputCount {
            let wavelength = try reader.readDouble()
            guard wavelength.bitPattern == 0 || wavelength.isUsable else {
                throw reader.malformed("\(wavelength) is not a wavelength")
            }
            wavelengths.append(wavelength == 0 ? nil : wavelength)
        }
        return BandGrid(wavelengthNanometers: wavelengths, mergeNanometers: mergeNanometers)
    }
}
