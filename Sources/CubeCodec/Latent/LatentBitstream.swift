import Basics
import Cube
import MetaLearning

/// A quantised latent as bytes: a short header, band states, range-coded indices, a checksum.
///
/// docs/FORMAT.md describes every byte. Decoding gives the same Floats on every machine.
public struct LatentBitstream: Hashable, Sendable {
    static let magic = "CVLT"
    /// The form that says everything itself.
    static let plainVersion: UInt8 = 1
    /// The form that leaves to the base network what it knows: cells, steps, expectations.
    static let priorVersion: UInt8 = 2
    /// The same for one of the network's companions.
    static let levelVersion: UInt8 = 3
    /// The same for any of these networks, with smoothed seams.
    static let deblockedVersion: UInt8 = 4
    static let versions = plainVersion...deblockedVersion
    static let structure = "a latent"
    /// The most values per cell, as a field's architecture allows.
    static let maximumLatentCount = 4096

    /// The whole stream.
    public let bytes: [UInt8]
    /// How many of the bytes hold the range-coded indices; the rest is the header and checksum.
    public let codedByteCount: Int

    /// Codes a latent; in the shorter form where its steps are a base network's.
    public init(encoding quantized: QuantizedLatent) {
        let candidates = LatentModel.Prediction.allCases.map { Self.code(quantized, $0) }
        let body = candidates.min { $0.coded.count < $1.coded.count } ?? candidates[0]
        let version: UInt8
        var contents = ByteWriter()
        switch quantized.steps {
        case .common(let step):
            version = Self.plainVersion
            contents.writeTemplate(of: quantized.latent, step: step)
            contents.write(body.prediction.rawValue)
            contents.writeVariableLength(UInt64(body.mean16))
        case .prior(_, let exponent):
            let level = quantized.latent.level
            let deblocking = quantized.latent.deblocking
            version =
                if deblocking != nil { Self.deblockedVersion } else {
                    level == 0 ? Self.priorVersion : Self.levelVersion
                }
            if version > Self.priorVersion { contents.writeVariableLength(UInt64(level)) }
            contents.writeTemplate(of: quantized.latent, exponent: exponent)
            if let deblocking { contents.write(UInt8(deblocking.level)) }
            contents.write(body.prediction.rawValue)
        }
        contents.write(bytes: body.coded)

        var writer = ByteWriter()
        writer.write(magic: Self.magic)
        writer.write(version)
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
        var model =
            switch quantized.steps {
            case .common:
                LatentModel(
                    rows: latent.rows, columns: latent.columns, latentCount: latent.latentCount,
                    prediction: prediction, mean16: mean16)
            case .prior(let prior, let exponent):
                LatentModel(
                    rows: latent.rows, columns: latent.columns, prediction: prediction,
                    prior: prior, exponent: exponent)
            }
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
    ///   - network: what the latent was coded against; streams of version 1 do without.
    /// - Throws: ``CubeCodecError/damagedLatent(reason:)``,
    ///   ``CubeCodecError/unknownVersion(structure:version:)``.
    public static func decode(
        _ bytes: [UInt8], geometry: CubeGeometry, network: BaseNetwork? = nil
    ) throws(CubeCodecError) -> QuantizedLatent {
        do {
            return try LatentDecoder(geometry: geometry, network: network).decode(bytes)
        } catch let error as CubeCodecError {
            throw error
        } catch {
            throw .damagedLatent(reason: "\(error)")
        }
    }
}
