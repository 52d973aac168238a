import Archive
import Basics
import BlobStore
import Catalog
import Cube

extension CubeReport {
    /// Gathers everything about a cube.
    ///
    /// - Throws: ``Catalog/CatalogError`` where the cube is not there or the catalog not readable.
    init(_ id: SHA256Digest, in archive: Archive) throws {
        let cube = try archive.catalog.cube(id)
        let description = cube.description
        let encoding = try archive.catalog.currentEncoding(of: id)
        self.init(
            id: id.hexadecimal, name: cube.name, format: cube.format, variable: cube.variable,
            geometry: description.geometry, sampleType: description.sampleType,
            sampleCount: description.geometry.sampleCount,
            // JSON has no NaN, which as nodata says no more than a missing value does.
            nodataValue: description.nodataValue.flatMap { $0.isFinite ? $0 : nil },
            sensor: description.sensor, acquisitionTime: description.acquisitionTime,
            ingestedAt: cube.ingestedAt, collection: cube.collection, tags: cube.tags,
            text: description.text, georeference: description.georeference,
            bands: Self.bands(description), fidelity: cube.fidelity,
            sourceFiles: try cube.sourceFiles.map { try SourceFile($0, in: archive) },
            sourceByteCount: cube.sourceByteCount, exact: try Exact(cube, in: archive),
            latent: try encoding.map { try Latent($0, of: cube, in: archive) },
            isLatentPending: encoding == nil, events: try archive.catalog.events(for: id))
    }

    private static func bands(_ description: CubeDescription) -> [Band] {
        description.bands.enumerated().map { index, band in
            Band(
                index: index, wavelengthNanometers: band.wavelengthNanometers,
                fwhmNanometers: band.fwhmNanometers, name: band.name, isGood: band.isGood)
        }
    }
}

extension CubeReport.Blob {
    fileprivate init(_ name: SHA256Digest, in archive: Archive) throws {
        guard let record = try archive.catalog.blob(name) else {
            throw CatalogError.notFound(kind: "blob", name: name.hexadecimal)
        }
        self.init(
            sha256: name.hexadecimal, path: archive.blobs.path(of: name),
            contentByteCount: record.contentByteCount, storedByteCount: record.storedByteCount)
    }
}

extension CubeReport.Exact {
    /// Nil where the exact samples were given up.
    fileprivate init?(_ cube: CubeRecord, in archive: Archive) throws {
        guard let name = cube.exactBlob else { return nil }
        let sampleCount = Double(cube.description.geometry.sampleCount)
        self.init(
            blob: try CubeReport.Blob(name, in: archive),
            storedByteCount: cube.exactStoredByteCount,
            bitsPerSample: Double(cube.exactStoredByteCount) * 8 / sampleCount,
            maximumAbsoluteError: cube.maximumAbsoluteError)
    }
}

extension CubeReport.Latent {
    fileprivate init(_ encoding: EncodingRecord, of cube: CubeRecord, in archive: Archive) throws {
        let base = try archive.baseReport(encoding.baseVersion)
        let sampleCount = Double(cube.description.geometry.sampleCount)
        let own = Double(encoding.latent.count) * 8 / sampleCount
        let share = Double(base.byteCount) / Double(max(1, base.cubeCount)) * 8 / sampleCount
        self.init(
            baseVersion: encoding.baseVersion, grid: encoding.summary.grid,
            byteCount: encoding.latent.count,
            psnrDecibels: encoding.quality.psnrDecibels,
            meanSquaredError: encoding.quality.meanSquaredError,
            maximumAbsoluteError: encoding.quality.maximumAbsoluteError,
            meanSpectralAngleDegrees: encoding.quality.meanSpectralAngleDegrees,
            validSampleCount: encoding.quality.validSampleCount,
            createdAt: encoding.summary.createdAt, encodeSeconds: encoding.summary.encodeSeconds,
            bitsPerSample: own, baseByteCount: base.byteCount, baseCubeCount: base.cubeCount,
            baseShareBitsPerSample: share, totalBitsPerSample: own + share)
    }
}

extension CubeReport.SourceFile {
    fileprivate init(_ file: SourceFileRecord, in archive: Archive) throws {
        let storage =
            switch file.storage {
            case .blob: "blob"
            case .samples: "samples"
            case .notKept: "not-kept"
            }
        self.init(
            role: file.role, fileName: file.fileName, byteCount: file.byteCount,
            sha256: file.sha256.hexadecimal, modifiedAt: file.modifiedAt, storage: storage,
            blobs: try file.storage.blobs.map { try CubeReport.Blob($0, in: archive) })
    }
}
