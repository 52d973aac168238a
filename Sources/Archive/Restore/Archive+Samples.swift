import Basics
import BlobStore
import Catalog
import Cube
import CubeCodec
import MetaLearning

extension Archive {
    /// Samples of a cube from the exact archive or its latent.
    ///
    /// - Parameter wavelengths: nanometres to restore instead of the cube's own bands: the nearest
    ///   bands of exact samples; of a latent, a source with one band per wavelength.
    /// - Parameter salvages: as in ``exactSource(of:salvages:)``.
    /// - Throws: ``MetaLearningError/unknownWavelength(nanometers:reason:)``, or
    ///   ``ArchiveError/notAvailable(cube:reason:)`` where the archive has none of those.
    public func samples(
        of cube: CubeRecord, from source: RestoreRequest.Source, wavelengths: [Double]? = nil,
        salvages: Bool = false
    ) throws -> AvailableSamples {
        try requireDistinct(wavelengths ?? [])
        switch source {
        case .best where cube.exactBlob != nil, .exact:
            return try exactSamples(of: cube, wavelengths, salvages)
        case .best, .latent:
            guard let encoding = try catalog.currentEncoding(of: cube.id) else {
                throw ArchiveError.notAvailable(
                    cube: cube.name,
                    reason: "its latent is pending: no base network has encoded it yet")
            }
            let source = try reconstruction(of: cube, from: encoding, wavelengths: wavelengths)
            return AvailableSamples(
                source: source, encoding: encoding,
                bandIndices: Array(0..<source.description.geometry.bands),
                wavelengthsNanometers: wavelengths)
        }
    }

    private func exactSamples(
        of cube: CubeRecord, _ wavelengths: [Double]?, _ salvages: Bool
    ) throws -> AvailableSamples {
        let source = try exactSource(of: cube, salvages: salvages)
        guard let wavelengths else {
            return AvailableSamples(
                source: source, encoding: nil,
                bandIndices: Array(0..<cube.description.geometry.bands),
                wavelengthsNanometers: nil)
        }
        let bands = try wavelengths.map { try cube.description.nearestBand(toNanometers: $0) }
        guard Set(bands).count == bands.count else {
            throw ArchiveError.badArgument(
                reason: "two of the wavelengths have the same nearest band of \(cube.name)")
        }
        return AvailableSamples(
            source: source, encoding: nil, bandIndices: bands,
            wavelengthsNanometers: bands.map {
                cube.description.bands[$0].wavelengthNanometers ?? .nan
            })
    }

    private func requireDistinct(_ wavelengths: [Double]) throws {
        guard Set(wavelengths).count == wavelengths.count else {
            throw ArchiveError.badArgument(reason: "a wavelength is named twice")
        }
    }

    /// The cube as its latent gives it, at its own bands or at wavelengths in nanometres.
    public func reconstruction(
        of cube: CubeRecord, from encoding: EncodingRecord, wavelengths: [Double]? = nil
    ) throws -> FieldReconstruction {
        let base = try baseNetwork(encoding.baseVersion)
        let latent = try LatentBitstream.decode(
            encoding.latent, geometry: cube.description.geometry, network: base
        ).latent
        guard let wavelengths else {
            return try FieldReconstruction(
                network: base, latent: latent, description: cube.description)
        }
        return try FieldReconstruction(
            network: base, latent: latent, description: cube.description,
            wavelengthsNanometers: wavelengths)
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
    /// - Parameter salvages: whether the header, the index and blocks of the blob may be damaged;
    ///   those that are sound are found nevertheless.
    /// - Throws: ``ArchiveError/notAvailable(cube:reason:)`` where they were given up;
    ///   ``ArchiveError/damaged(what:reason:)`` where the blob cannot be opened as it is.
    public func exactSource(
        of cube: CubeRecord, salvages: Bool = false
    ) throws -> ExactCubeSource {
        guard let name = cube.exactBlob else {
            throw ArchiveError.notAvailable(
                cube: cube.name, reason: "its exact samples were given up; use --from latent")
        }
        if salvages {
            let blob = try blobs.openDamaged(name)
            return try ExactCubeSource(
                description: cube.description, salvaging: blob, isRecovered: blob.isRecovered)
        }
        do {
            return try ExactCubeSource(
                description: cube.description, chunks: blobs.open(name))
        } catch let error as any CubevaultError where error.exitStatus == .damaged {
            throw ArchiveError.damaged(
                what: "cube \(cube.name)",
                reason: error.description + "; 'restore --salvage' gives what is left of it")
        }
    }

    /// The content of a blob that may have lost its index, proved by its name.
    ///
    /// - Throws: as `BlobStore.open(_:)`; what is not the whole content is damaged.
    func provedContent(of name: SHA256Digest, _ take: ([UInt8]) throws -> Void) throws {
        let blob = try blobs.openDamaged(name)
        let hasher = SHA256Hasher()
        for index in 0..<blob.chunkCount {
            let chunk = try blob.chunk(index)
            hasher.update(chunk)
            try take(chunk)
        }
        let found = hasher.finalize()
        guard found == name else {
            throw BlobStoreError.wrongContent(path: blobs.path(of: name), found: found)
        }
    }
}
