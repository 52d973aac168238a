import Basics
import Foundation
import MetaLearning

/// A base network that came from a file, and what the file says about it.
struct ImportedNetwork {
    let network: BaseNetwork
    let manifest: TrainingManifest
    /// Nil where the file names none.
    let family: BaseFamily?

    /// Reads and checks a file of either kind.
    ///
    /// - Throws: ``ArchiveError/notABaseNetwork(path:reason:)``.
    init(_ bytes: [UInt8], from path: String) throws {
        if BaseNetwork.isBaseNetwork(bytes) {
            do {
                network = try BaseNetwork(bytes: bytes)
            } catch let error as any CubevaultError {
                throw ArchiveError.notABaseNetwork(path: path, reason: error.description)
            }
            manifest = TrainingManifest(importedFrom: path)
            family = nil
            return
        }
        let reader = TensorFileReader(path: path)
        let file = try reader.read(bytes)
        network = try NetworkTensorsReader(file: file, source: reader).network()
        manifest = try Self.manifest(file, from: path, reader)
        family = try file.metadata[NetworkTensors.Key.family].map { name in
            guard BaseFamily.isName(name) else {
                throw reader.refusal("'\(name)' cannot be the name of a family")
            }
            return try BaseFamily(named: name)
        }
        let stated = file.metadata[NetworkTensors.Key.checksum]
        guard stated == nil || stated == NetworkTensors.checksum(of: file).hexadecimal else {
            throw reader.refusal("its checksum does not match: it is damaged")
        }
    }

    private static func manifest(
        _ file: TensorFile, from path: String, _ reader: TensorFileReader
    ) throws -> TrainingManifest {
        guard let text = file.metadata[NetworkTensors.Key.manifest] else {
            return TrainingManifest(importedFrom: path)
        }
        do {
            var manifest = try JSONCoding.decoder.decode(
                TrainingManifest.self, from: Data(text.utf8))
            manifest.importedFrom = path
            return manifest
        } catch is DecodingError {
            throw reader.refusal("its manifest is not one; leave it out")
        }
    }
}
