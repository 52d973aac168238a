import Basics
import Cube
import MetaLearning

/// Reads a ``LatentBitstream``; nothing is allocated before its size was checked against the cube
/// and against what the bytes can hold.
struct LatentDecoder {
    /// Every decision costs at least 1/89 bit (``AdaptiveBit``), so a byte holds at most 712.
    private static let maximumValuesPerByte = 712

    let geometry: CubeGeometry
    let network: BaseNetwork?

    func decode(_ bytes: [UInt8]) throws -> QuantizedLatent {
        var reader = ByteReader(bytes, structure: LatentBitstream.structure)
        let version = try checkFrame(bytes, &reader)
        let (latent, steps) =
            version == LatentBitstream.plainVersion
            ? try readTemplate(&reader, byteCount: bytes.count)
            : try readPriorTemplate(&reader, version: version, byteCount: bytes.count)
        let predictionCode = try reader.read(UInt8.self)
        guard let prediction = LatentModel.Prediction(rawValue: predictionCode) else {
            throw reader.malformed("prediction \(predictionCode) is not known")
        }
        var model = try model(of: latent, steps, prediction, &reader)
        var indices = [Int32](repeating: 0, count: latent.values.count)
        let coded = try reader.readBytes(reader.remainingByteCount - 4)
        var decoder = RangeDecoder(coded)
        guard model.code(&indices, using: &decoder), decoder.consumedAll else {
            throw reader.malformed("its coded values do not end where they should")
        }
        return try QuantizedLatent(indices: indices, steps: steps, like: latent)
    }

    private func model(
        of latent: SceneLatent, _ steps: LatentSteps, _ prediction: LatentModel.Prediction,
        _ reader: inout ByteReader
    ) throws -> LatentModel {
        if case .prior(let prior, let exponent) = steps {
            return LatentModel(
                rows: latent.rows, columns: latent.columns, prediction: prediction, prior: prior,
                exponent: exponent)
        }
        let mean16 = try reader.readVariableLength()
        guard mean16 <= 16 * 2 * UInt64(QuantizedLatent.maximumMagnitude) else {
            throw reader.malformed("its mean is out of range")
        }
        return LatentModel(
            rows: latent.rows, columns: latent.columns, latentCount: latent.latentCount,
            prediction: prediction, mean16: Int(mean16))
    }

    /// Checks magic, version, length and checksum; leaves the reader at the contents.
    private func checkFrame(_ bytes: [UInt8], _ reader: inout ByteReader) throws -> UInt8 {
        try reader.expect(magic: LatentBitstream.magic)
        let version = try reader.read(UInt8.self)
        guard LatentBitstream.versions.contains(version) else {
            throw CubeCodecError.unknownVersion(
                structure: LatentBitstream.structure, version: Int(version))
        }
        let contentByteCount = try reader.readVariableLength()
        guard contentByteCount == reader.remainingByteCount - 4 else {
            throw reader.malformed(
                "\(reader.remainingByteCount - 4) bytes are there, it declares \(contentByteCount)")
        }
        var tail = ByteReader(
            bytes, structure: LatentBitstream.structure, offset: bytes.count - 4)
        guard try tail.read(UInt32.self) == CRC32.checksum(of: Array(bytes.dropLast(4))) else {
            throw reader.malformed("its checksum does not match")
        }
        return version
    }

    /// What a plain stream says before its prediction, with zero values.
    private func readTemplate(
        _ reader: inout ByteReader, byteCount: Int
    ) throws -> (SceneLatent, LatentSteps) {
        let rows = try reader.readVariableLength()
        let columns = try reader.readVariableLength()
        let latentCount = try reader.readVariableLength()
        guard (1...UInt64(geometry.lines)).contains(rows),
            (1...UInt64(geometry.samples)).contains(columns),
            (1...UInt64(LatentBitstream.maximumLatentCount)).contains(latentCount),
            rows <= Self.valueLimit(byteCount) / columns / latentCount
        else { throw reader.malformed("\(rows) x \(columns) cells of \(latentCount) values") }
        let step = try reader.readFloat()
        guard step.isFinite, step > 0 else { throw reader.malformed("its step is \(step)") }
        let latent = try readScalingAndStates(
            &reader, rows: Int(rows), columns: Int(columns), latentCount: Int(latentCount))
        return (latent, .common(step))
    }

    /// What a stream that is coded against a prior says before its prediction, with zero values.
    private func readPriorTemplate(
        _ reader: inout ByteReader, version: UInt8, byteCount: Int
    ) throws -> (SceneLatent, LatentSteps) {
        let level =
            version > LatentBitstream.priorVersion ? try reader.readVariableLength() : 0
        guard let levels = network?.levels, level < UInt64(levels.count),
            let prior = levels[Int(level)].latentPrior
        else {
            throw reader.malformed("it needs a base network with a prior of level \(level)")
        }
        guard version != LatentBitstream.levelVersion || level > 0 else {
            throw reader.malformed("it states level 0, which goes without saying")
        }
        let cells = try LatentCells(levels[Int(level)].latentGrid, over: geometry)
        let latentCount = prior.steps.count
        guard UInt64(cells.cellCount) <= Self.valueLimit(byteCount) / UInt64(latentCount) else {
            throw reader.malformed("its bytes cannot hold \(cells.cellCount) cells")
        }
        let code = try reader.readVariableLength()
        guard code <= 2 * UInt64(LatentPrior.maximumExponent) else {
            throw reader.malformed("its exponent is out of range")
        }
        let exponent = Int(code >> 1) ^ -Int(code & 1)
        var latent = try readScalingAndStates(
            &reader, level: Int(level), rows: cells.rows, columns: cells.columns,
            latentCount: latentCount)
        if version == LatentBitstream.deblockedVersion {
            let code = try reader.read(UInt8.self)
            guard let deblocking = Deblocking(level: Int(code)) else {
                throw reader.malformed("its smoothing of seams, \(code), is not known")
            }
            latent.deblocking = deblocking
        }
        return (latent, .prior(prior, exponent: exponent))
    }

    /// The most values that bytes can hold.
    private static func valueLimit(_ byteCount: Int) -> UInt64 {
        UInt64(byteCount * maximumValuesPerByte)
    }

    private func readScalingAndStates(
        _ reader: inout ByteReader, level: Int = 0, rows: Int, columns: Int, latentCount: Int
    ) throws -> SceneLatent {
        guard
            let scaling = ValueScaling(
                offset: try reader.readCompact(), gain: try reader.readCompact())
        else { throw reader.malformed("its scaling is not finite") }
        return SceneLatent(
            level: level, rows: rows, columns: columns, latentCount: latentCount,
            values: [Float](repeating: 0, count: rows * columns * latentCount),
            scaling: scaling, bandStates: try reader.readBandStates(bandCount: geometry.bands))
    }
}
