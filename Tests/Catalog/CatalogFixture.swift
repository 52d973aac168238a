import Basics
import Catalog
import Cube
import Foundation
import TestSupport

/// A fresh catalog in a folder of its own, and records to put into it.
final class CatalogFixture {
    let folder: TemporaryFolder
    let path: String
    let writer: CatalogWriter

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("catalog.sqlite")
        writer = try CatalogWriter(path: path, creating: true)
    }

    static let noon = Date(timeIntervalSince1970: 1_700_000_000)

    static func digest(_ text: String) -> SHA256Digest {
        SHA256Hasher.digest(of: Array(text.utf8))
    }

    static func blob(_ text: String, kind: String = "exact", stored: Int = 100) -> BlobRecord {
        BlobRecord(
            digest: digest(text), kind: kind, contentByteCount: 1000, storedByteCount: stored,
            chunkCount: 1, createdAt: noon)
    }

    static func description(
        bands: [BandDescription] = [
            BandDescription(wavelengthNanometers: 400, fwhmNanometers: 10, name: "blue"),
            BandDescription(wavelengthNanometers: 2500, isGood: false),
        ],
        sensor: String? = nil, acquired: Date? = nil, text: String? = nil,
        bounds: GeographicBounds? = nil, nodata: Double? = nil
    ) throws -> CubeDescription {
        let geometry = try CubeGeometry(lines: 10, samples: 20, bands: bands.count)
        return CubeDescription(
            geometry: geometry, sampleType: .int16, bands: bands, nodataValue: nodata,
            sensor: sensor, acquisitionTime: acquired, text: text,
            georeference: bounds.map { Georeference(mapInfo: "UTM, 1, 1", bounds: $0) })
    }

    /// A cube whose ID is the digest of its name; its exact blob is `<name>.exact`.
    static func cube(
        _ name: String, description: CubeDescription? = nil, collection: String? = nil,
        tags: [String: String] = [:], ingestedAt: Date = noon
    ) throws -> CubeRecord {
        CubeRecord(
            id: digest(name), name: name, format: "envi",
            description: try description ?? Self.description(), collection: collection,
            tags: tags, fidelity: "lossless", exactBlob: digest(name + ".exact"),
            exactStoredByteCount: 100, maximumAbsoluteError: 0, ingestedAt: ingestedAt,
            sourceFiles: [
                SourceFileRecord(
                    role: "samples", fileName: name + ".img", byteCount: 800,
                    sha256: digest(name + ".img"), storage: .notKept)
            ])
    }

    /// Adds a cube made by ``cube(_:description:collection:tags:ingestedAt:)``.
    @discardableResult
    func add(
        _ name: String, description: CubeDescription? = nil, collection: String? = nil,
        tags: [String: String] = [:], ingestedAt: Date = noon, encoding: NewEncoding? = nil
    ) throws -> SHA256Digest {
        let cube = try Self.cube(
            name, description: description, collection: collection, tags: tags,
            ingestedAt: ingestedAt)
        _ = try writer.addCube(cube, blobs: [Self.blob(name + ".exact")], encoding: encoding)
        return cube.id
    }

    static func base(_ version: Int, state: BaseNetworkState) -> BaseNetworkRecord {
        BaseNetworkRecord(
            version: version, digest: digest("base \(version)"), state: state, trainedAt: noon,
            architecture: #"{"K":10,"d":128}"#, manifest: "{}", blob: digest("base.\(version)"),
            byteCount: 800_000, storedByteCount: 700_000)
    }

    func addBase(_ version: Int, state: BaseNetworkState) throws {
        try writer.addBase(
            Self.base(version, state: state),
            blobs: [Self.blob("base.\(version)", kind: "base", stored: 700_000)])
    }

    static func encoding(
        base: Int, latent: [UInt8] = [1, 2, 3], psnr: Double? = 38.5, mse: Double = 0.25
    ) -> NewEncoding {
        NewEncoding(
            baseVersion: base, latent: latent,
            quality: ReconstructionQuality(
                meanSquaredError: mse, psnrDecibels: psnr, maximumAbsoluteError: 4,
                meanSpectralAngleDegrees: 1.5, validSampleCount: 400),
            createdAt: noon, encodeSeconds: 0.033)
    }

    static func event(_ action: String, cube: SHA256Digest) -> EventRecord {
        EventRecord(
            at: noon, action: action, objectKind: "cube", objectID: cube.hexadecimal,
            outcome: .done)
    }

    func names(_ query: CubeQuery) throws -> [String] {
        try writer.search(query).map(\.name).sorted()
    }
}
