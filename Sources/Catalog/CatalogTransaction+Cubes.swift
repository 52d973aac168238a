import Basics
import Cube
import Foundation
internal import GRDB

extension CatalogTransaction {
    /// Adds a cube with its source files, bands, tags, blobs and, where there is one, its first
    /// encoding, which becomes the current one. Nothing is changed where the cube is already there;
    /// then `events` are not recorded either.
    ///
    /// - Parameter blobs: Blobs that are safely on disk; known ones may be among them.
    /// - Throws: ``CatalogError/invalidRecord(subject:reason:)`` for values that cannot be stored,
    ///   ``CatalogError/refused(path:reason:)`` where the cube refers to an unknown blob or base.
    public func addCube(
        _ cube: CubeRecord, blobs: [BlobRecord], encoding: NewEncoding? = nil,
        events: [EventRecord] = []
    ) throws -> AddOutcome {
        guard try !queries.hasCube(cube.id) else { return .duplicate }
        try atomically {
            try addBlobs(blobs)
            let row = try insertCube(cube)
            try insertSourceFiles(cube, row)
            try insertBands(cube, row)
            for (key, value) in cube.tags { try setTag(key, value, row) }
            try insertFootprint(cube, row)
            try refreshText(row)
            if let encoding { _ = try flipEncoding(of: cube.id, to: encoding) }
            try recordEvents(events)
        }
        return .added
    }

    private func insertCube(_ cube: CubeRecord) throws -> Int {
        let description = cube.description
        let geometry = description.geometry
        try requireNumbers([cube.maximumAbsoluteError], cube.name)
        let edges = spectralEdges(description.bands)
        let bounds = description.georeference?.bounds
        let georeference = try description.georeference.map { try CatalogJSON.text(of: $0) }
        let arguments: [(any DatabaseValueConvertible)?] = [
            cube.id.column, cube.name, cube.format, cube.variable, geometry.lines,
            geometry.samples, geometry.bands, geometry.sampleCount,
            description.sampleType.rawValue, description.sensor,
            try optionalText(
                of: description.acquisitionTime, "the acquisition time of \(cube.name)"),
            try text(of: cube.ingestedAt, "the ingest time of \(cube.name)"),
            description.nodataValue.map(\.description), try collectionRow(cube.collection),
            cube.fidelity, cube.maximumAbsoluteError, cube.exactBlob?.column,
            cube.exactStoredByteCount, cube.sourceByteCount, edges?.lowerBound,
            edges?.upperBound, bounds?.west, bounds?.south, bounds?.east, bounds?.north,
            georeference, description.text,
        ]
        let sql = """
            INSERT INTO cubes (digest, name, format, variable, lines, samples, bands, sample_count,
                sample_type, sensor, acquired_at, ingested_at, nodata, collection, fidelity,
                maximum_absolute_error, exact_blob, exact_stored_byte_count, source_byte_count,
                lowest_wavelength_nanometers, highest_wavelength_nanometers, west, south, east,
                north, georeference, text)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try execute(sql, StatementArguments(arguments))
        return Int(database.lastInsertedRowID)
    }

    /// From the outer edge of the band of shortest wavelength to that of the longest; a band of
    /// unknown width counts with its centre.
    private func spectralEdges(_ bands: [BandDescription]) -> ClosedRange<Double>? {
        let edges = bands.compactMap { band -> ClosedRange<Double>? in
            guard let centre = band.wavelengthNanometers, centre.isFinite else { return nil }
            let width = band.fwhmNanometers ?? 0
            let half = width.isFinite && width > 0 ? width / 2 : 0
            return centre - half...centre + half
        }
        guard let low = edges.map(\.lowerBound).min(), let high = edges.map(\.upperBound).max()
        else { return nil }
        return low...high
    }

    private func insertSourceFiles(_ cube: CubeRecord, _ row: Int) throws {
        let sql = """
            INSERT INTO source_files (cube, position, role, file_name, byte_count, sha256,
                modified_at, storage, blob, layout, prefix_blob, trailing_blob)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        for (position, file) in cube.sourceFiles.enumerated() {
            let modified = try optionalText(of: file.modifiedAt, "the time of \(file.fileName)")
            let common: [(any DatabaseValueConvertible)?] = [
                row, position, file.role, file.fileName, file.byteCount, file.sha256.column,
                modified,
            ]
            let storage: [(any DatabaseValueConvertible)?] =
                switch file.storage {
                case .blob(let digest): ["blob", digest.column, nil, nil, nil]
                case .samples(let layout, let prefix, let trailing):
                    ["samples", nil, layout, prefix?.column, trailing?.column]
                case .notKept: ["not-kept", nil, nil, nil, nil]
                }
            try execute(sql, StatementArguments(common + storage))
        }
    }

    private func insertBands(_ cube: CubeRecord, _ row: Int) throws {
        let sql = """
            INSERT INTO bands (cube, band_index, wavelength_nanometers, fwhm_nanometers, name,
                is_good)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        for (index, band) in cube.description.bands.enumerated() {
            try execute(
                sql,
                [
                    row, index, band.wavelengthNanometers, band.fwhmNanometers, band.name,
                    band.isGood,
                ])
        }
    }

    private func insertFootprint(_ cube: CubeRecord, _ row: Int) throws {
        guard let bounds = cube.description.georeference?.bounds else { return }
        try execute(
            "INSERT INTO cube_footprints (cube, west, east, south, north) VALUES (?, ?, ?, ?, ?)",
            [row, bounds.west, bounds.east, bounds.south, bounds.north])
    }
}
