import Basics
import Cube
import Foundation
internal import GRDB

extension CatalogQueries {
    /// One cube.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``.
    public func cube(_ id: SHA256Digest) throws -> CubeRecord {
        let sql = """
            SELECT cubes.id, digest, cubes.name, format, variable, lines, samples, bands,
                sample_type, sensor, acquired_at, ingested_at, nodata,
                collections.name AS collection,
                fidelity, maximum_absolute_error, exact_blob, exact_stored_byte_count, georeference,
                text
            FROM cubes LEFT JOIN collections ON collections.id = cubes.collection
            WHERE digest = ?
            """
        let record = try fetchFirst(sql, [Data(id.bytes)]) { row in
            let cube = try row.integer("id")
            return CubeRecord(
                id: try row.digest("digest"), name: try row.text("name"),
                format: try row.text("format"), description: try description(of: cube, row),
                collection: try row.optionalText("collection"), tags: try tags(ofRow: cube),
                fidelity: try row.text("fidelity"),
                exactBlob: try row.optionalDigest("exact_blob"),
                exactStoredByteCount: try row.integer("exact_stored_byte_count"),
                maximumAbsoluteError: try row.real("maximum_absolute_error"),
                variable: try row.optionalText("variable"),
                ingestedAt: try row.time("ingested_at"), sourceFiles: try sourceFiles(of: cube))
        }
        guard let record else { throw CatalogError.notFound(kind: "cube", name: id.hexadecimal) }
        return record
    }

    /// Whether the archive has a cube.
    public func hasCube(_ id: SHA256Digest) throws -> Bool { try cubeRow(id) != nil }

    /// The cubes that came from a file of this content, in the order of their names.
    public func cubes(fromFile sha256: SHA256Digest) throws -> [SHA256Digest] {
        let sql = """
            SELECT DISTINCT cubes.digest, cubes.name
            FROM source_files JOIN cubes ON cubes.id = source_files.cube
            WHERE source_files.sha256 = ? ORDER BY cubes.name, cubes.digest
            """
        return try fetch(sql, [Data(sha256.bytes)]) { try $0.digest("digest") }
    }

    /// Cubes whose exact samples are kept, oldest in the archive first.
    public func cubesWithExactSamples() throws -> [SHA256Digest] {
        try fetch("SELECT digest FROM cubes WHERE exact_blob IS NOT NULL ORDER BY id") {
            try $0.digest("digest")
        }
    }

    /// All collections, in the order of their names.
    public func collections() throws -> [CollectionSummary] {
        let sql = """
            SELECT name, created_at,
                (SELECT count(*) FROM cubes WHERE cubes.collection = collections.id) AS cube_count
            FROM collections ORDER BY name
            """
        return try fetch(sql) { row in
            CollectionSummary(
                name: try row.text("name"), createdAt: try row.time("created_at"),
                cubeCount: try row.integer("cube_count"))
        }
    }

    /// The number that a cube goes by inside this file; nil where it is unknown.
    func cubeRow(_ id: SHA256Digest) throws -> Int? {
        try fetchFirst("SELECT id FROM cubes WHERE digest = ?", [Data(id.bytes)]) {
            try $0.integer("id")
        }
    }

    /// The same, or ``CatalogError/notFound(kind:name:)``.
    func requiredCubeRow(_ id: SHA256Digest) throws -> Int {
        guard let cube = try cubeRow(id) else {
            throw CatalogError.notFound(kind: "cube", name: id.hexadecimal)
        }
        return cube
    }

    func tags(ofRow cube: Int) throws -> [String: String] {
        let pairs = try fetch("SELECT key, value FROM tags WHERE cube = ?", [cube]) { row in
            (try row.text("key"), try row.text("value"))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private func description(of cube: Int, _ row: Row) throws -> CubeDescription {
        let geometry = try row.geometry()
        let bands = try bands(of: cube)
        guard bands.count == geometry.bands else {
            throw UnreadableValue(
                column: "bands", reason: "\(bands.count) rows for \(geometry.bands) bands")
        }
        return CubeDescription(
            geometry: geometry, sampleType: try row.choice("sample_type", of: SampleType.self),
            bands: bands, nodataValue: try nodata(row), sensor: try row.optionalText("sensor"),
            acquisitionTime: try row.optionalTime("acquired_at"),
            text: try row.optionalText("text"),
            georeference: try row.optionalText("georeference") == nil
                ? nil : try row.json("georeference", as: Georeference.self))
    }

    private func nodata(_ row: Row) throws -> Double? {
        guard let text = try row.optionalText("nodata") else { return nil }
        guard let value = Double(text) else {
            throw UnreadableValue(column: "nodata", reason: "it is not a number")
        }
        return value
    }

    private func bands(of cube: Int) throws -> [BandDescription] {
        let sql = """
            SELECT wavelength_nanometers, fwhm_nanometers, name, is_good
            FROM bands WHERE cube = ? ORDER BY band_index
            """
        return try fetch(sql, [cube]) { row in
            BandDescription(
                wavelengthNanometers: try row.optionalReal("wavelength_nanometers"),
                fwhmNanometers: try row.optionalReal("fwhm_nanometers"),
                name: try row.optionalText("name"), isGood: try row.boolean("is_good"))
        }
    }

    private func sourceFiles(of cube: Int) throws -> [SourceFileRecord] {
        let sql = """
            SELECT role, file_name, byte_count, sha256, modified_at, storage, blob, layout,
                prefix_blob, trailing_blob
            FROM source_files WHERE cube = ? ORDER BY position
            """
        return try fetch(sql, [cube]) { row in
            SourceFileRecord(
                role: try row.text("role"), fileName: try row.text("file_name"),
                byteCount: try row.integer("byte_count"), sha256: try row.digest("sha256"),
                modifiedAt: try row.optionalTime("modified_at"), storage: try storage(row))
        }
    }

    private func storage(_ row: Row) throws -> SourceStorage {
        switch try row.text("storage") {
        case "blob": return .blob(try row.digest("blob"))
        case "samples":
            return .samples(
                layout: try row.text("layout"), prefix: try row.optionalDigest("prefix_blob"),
                trailing: try row.optionalDigest("trailing_blob"))
        case "not-kept": return .notKept
        default: throw UnreadableValue(column: "storage", reason: "it is not a known word")
        }
    }
}

extension Row {
    /// The columns `lines`, `samples` and `bands`.
    func geometry() throws -> CubeGeometry {
        do {
            return try CubeGeometry(
                lines: try integer("lines"), samples: try integer("samples"),
                bands: try integer("bands"))
        } catch let error as CubeError {
            throw UnreadableValue(column: "lines, samples, bands", reason: error.description)
        }
    }
}
