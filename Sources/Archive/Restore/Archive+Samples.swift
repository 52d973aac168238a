import Basics
import BlobStore
import Catalog
import Cube
import CubeCodec
import MetaLearning

extension Archive {
    /// Samples of a cube from the exact archive or its latent.
    ///
    /// - Throws: ``ArchiveError/notAvailable(cube:reason:)`` where the archive has none of those.
    public func samples(
        of cube: CubeRecord, from source: RestoreRequest.Source
    ) throws -> AvailableSamples {
        switch source {
        case .best where cube.exactBlob != nil, .exact:
            return AvailableSamples(source: try exactSource(of: cube), encoding: nil)
        case .best, .latent:
            guard let encoding = try catalog.currentEncoding(of: cube.id) else {
                throw ArchiveError.notAvailable(
                    cube: cube.name,
                    reason: "its latent is pending: no base network has encoded it yet")
            }
            return AvailableSamples(
                source: try reconstruction(of: cube, from: encoding), encoding: encoding)
        }
    }

    /// The cube as its latent gives it.
    public func reconstruction(
        of cube: CubeRecord, from encoding: EncodingRecord
    ) throws -> FieldReconstruction {
        let base = try baseNetwork(encoding.baseVersion)
        let latent = try LatentBitstream.decode(
            encoding.latent, geometry: cube.description.geometry
        ).latent
        return try FieldReconstruction(network: base, latent: latent, description: cube.description)
    }

    /// The base network of a version, read from its blob and checked.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)`` or what reading it throws.
    public func baseNetwork(_ version: Int) throws -> BaseNetwork {
        let blob = try blobs.open(catalog.base(version).blob)
        let bytes = try (0..<blob.chunkCount).flatMap { try blob.chunk($0) }
        return try BaseNetwork(bytes: bytes)
    }

    /// The exact samples of a cube.
    ///
    /// - Throws: ``ArchiveError/notAvailable(cube:reason:)`` where they were given up.
    public func exactSource(of cube: CubeRecord) throws -> ExactCubeSource {
        guard let name = cube.exactBlob else {
            throw ArchiveError.notAvailable(
                cube: cube.name, reason: "its exact samples were given up; use --from latent")
        }
        return try ExactCubeSource(
            description: cube.description, chunks: blobs.open(name))
    }
}
