import Basics
import Cube
import MetaLearning

/// Reads a ``LatentBitstream``; nothing is allocated before its size was checked against the cube
/// and against what the bytes can hold.
struct LatentDecoder {
    /// Every decision costs at least 1/89 bit (``AdaptiveBit``), so a byte holds at most 712.
    private static let maximumValuesPerByte = 712

    let geometry: CubeGeometry

    func decode(_ bytes: [UInt8]) throws -> QuantizedLatent {
        var reader = ByteReader(bytes, structure: LatentBitstream.structure)
        try checkFrame(bytes, &reader)
        let template = try readTemplate(&reader, byteCount: bytes.count)
        let predictionCode = try reader.read(UInt8.self)
        guard let prediction = LatentModel.Prediction(rawValue: predictionCode) else {
            throw reader.malformed("prediction \(predictionCode) is not known")
        }
        let mean16 = try reader.readVariableLength()
        guard mean16 <= 16 * 2 * UInt64(QuantizedLatent.maximumMagnitude) else {
            throw reader.malformed("its mean is out of range")
        }
        var model = LatentModel(
            rows: template.latent.rows, columns: template.latent.columns,
            latentCount: template.latent.latentCount, prediction: prediction,
            mean16: Int(mean16))
        var indices = [Int32](repeating: 0, count: template.latent.values.count)
        let coded = try reader.readBytes(reader.remainingByteCount - 4)
        var decoder = RangeDecoder(coded)
        guard model.code(&indices, using: &decoder), decoder.consumedAll else {
            throw reader.malformed("its coded values do not end where they should")
        }
        return try QuantizedLatent(indices: indices, step: template.step, like: template.latent)
    }

    /// Checks magic, version, length and checksum; leaves the reader at the contents.
    private func checkFrame(_ bytes: [UInt8], _ reader: inout ByteReader) throws {
        try reader.expect(magic: LatentBitstream.magic)
        let version = try reader.read(UInt8.self)
        guard version == LatentBitstream.version else {
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
    }

    /// Everything before the indices, with zero values.
    private func readTemplate(
        _ reader: inout ByteReader, byteCount: Int
    ) throws -> (latent: SceneLatent, step: Float) {
        let rows = try reader.readVariableLength()
        let columns = try reader.readVariableLength()
        let latentCount = try reader.readVariableLength()
        let limit = UInt64(byteCount * Self.maximumValuesPerByte)
        guard (1...UInt64(geometry.lines)).contains(rows),
            (1...UInt64(geometry.samples)).contains(columns),
            (1...UInt64(LatentBitstream.maximumLatentCount)).contains(latentCount),
            rows <= limit / columns / latentCount
        else { throw reader.malformed("\(rows) x \(columns) cells of \(latentCount) values") }
        let step = try reader.readFloat()
        guard step.isFinite, step > 0 else { throw reader.malformed("its step is \(step)") }
        guard
            let scaling = ValueScaling(
                offset: try reader.readCompact(), gain: try reader.readCompact())
        else { throw reader.malformed("its scaling is not finite") }
        let bandStates = try reader.readBandStates(bandCount: geometry.bands)
        let valueCount = Int(rows * columns * latentCount)
        let latent = SceneLatent(
            rows: Int(rows), columns: Int(columns), latentCount: Int(latentCount),
            values: [Float](repeating: 0, count: valueCount), scaling: scaling,
            bandStates: bandStates)
        return (latent, step)
    }
}
