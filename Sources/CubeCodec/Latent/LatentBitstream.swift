import Basics
import Cube
import MetaLearning

/// A quantised latent as bytes: a short header, band states, range-coded indices, a checksum.
///
/// docs/FORMAT.md describes every byte. Decoding gives the same Floats on every machine.
public struct LatentBitstream: Hashable, Sendable {
    static let magic = "CVLT"
    static let version: UInt8 = 1
    static let structure = "a latent"
    /// The most values per cell, as a field's architecture allows.
    static let maximumLatentCount = 4096

    /// The whole stream.
    public let bytes: [UInt8]
    /// How many of the bytes hold the range-coded indices; the rest is the header and checksum.
    public let codedByteCount: Int

    /// Codes a latent.
    public init(encoding quantized: QuantizedLatent) {
        let candidates = LatentModel.Prediction.allCases.map { Self.code(quantized, $0) }
        let body = candidates.min { $0.coded.count < $1.coded.count } ?? candidates[0]
        let latent = quantized.latent
        var contents = ByteWriter()
        for count in [latent.rows, latent.columns, latent.latentCount] {
            contents.writeVariableLength(UInt64(count))
        }
        contents.write(quantized.step)
        contents.writeCompact(latent.scaling.offset)
        contents.writeCompact(latent.scaling.gain)
        contents.writeBandStates(latent.bandStates)
        contents.write(body.prediction.rawValue)
        contents.writeVariableLength(UInt64(body.mean16))
        contents.write(bytes: body.coded)

        var writer = ByteWriter()
        writer.write(magic: Self.magic)
        writer.write(Self.version)
        writer.writeVariableLength(UInt64(contents.bytes.count))
        writer.write(bytes: contents.bytes)
        writer.write(CRC32.checksum(of: writer.bytes))
        bytes = writer.bytes
        codedByteCount = body.coded.count
    }

    private static func code(
        _ quantized: QuantizedLatent, _ prediction: LatentModel.Prediction
    ) -> (prediction: LatentModel.Prediction, mean16: Int, coded: [UInt8]) {
        let latent = quantized.latent
        var indices = quantized.indices
        let mean16 = LatentModel.mean16(
            indices, columns: latent.columns, latentCount: latent.latentCount,
            prediction: prediction)
        var model = LatentModel(
            rows: latent.rows, columns: latent.columns, latentCount: latent.latentCount,
            prediction: prediction, mean16: mean16)
        var encoder = RangeEncoder()
        let fits = model.code(&indices, using: &encoder)
        precondition(fits, "a quantised latent's indices are in range")
        return (prediction, mean16, encoder.finish())
    }

    /// Decodes a latent from hostile bytes.
    ///
    /// - Parameters:
    ///   - bytes: a whole stream.
    ///   - geometry: the cube's; it bounds the number of cells and gives that of bands.
    /// - Throws: ``CubeCodecError/damagedLatent(reason:)``,
    ///   ``CubeCodecError/unknownVersion(structure:version:)``.
    public static func decode(
        _ bytes: [UInt8], geometry: CubeGeometry
    ) throws(CubeCodecError) -> QuantizedLatent {
        do {
            return try LatentDecoder(geometry: geometry).decode(bytes)
        } catch let error as CubeCodecError {
            throw error
        } catch {
            throw .damagedLatent(reason: "\(error)")
        }
    }
}
