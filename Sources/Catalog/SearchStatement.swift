import Basics
import Cube
import Foundation
internal import GRDB

/// The SQL of one search: conditions and their arguments, in step.
struct SearchStatement {
    private(set) var conditions: [String] = []
    private(set) var arguments = StatementArguments()
    private let query: CubeQuery

    init(_ query: CubeQuery) {
        self.query = query
        addIdentity()
        addTimes()
        addFootprint()
        addSpectrum()
        addLabels()
    }

    /// The listing.
    var listing: String {
        """
        SELECT cubes.digest, cubes.name, format, lines, samples, bands, sample_type, sensor,
            acquired_at, ingested_at, collections.name AS collection,
            (SELECT json_group_object(key, value) FROM tags WHERE cube = cubes.id) AS tags,
            fidelity, cubes.maximum_absolute_error, source_byte_count, exact_stored_byte_count,
            lowest_wavelength_nanometers, highest_wavelength_nanometers, west, south, east, north,
            base_version, length(latent) AS latent_byte_count, psnr_decibels
        FROM cubes
        LEFT JOIN collections ON collections.id = cubes.collection
        LEFT JOIN encodings ON encodings.cube = cubes.id AND encodings.is_current = 1
        \(condition)
        ORDER BY \(order)
        LIMIT \(query.limit.map { String(max(0, $0)) } ?? "-1")
        """
    }

    /// The number of cubes found, whatever the limit.
    var counting: String { "SELECT count(*) AS count FROM cubes \(condition)" }

    private var condition: String {
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    }

    private var order: String {
        let direction = query.isDescending ? "DESC" : "ASC"
        return "\(sortColumn) \(direction) NULLS LAST, cubes.name ASC, cubes.digest ASC"
    }

    private var sortColumn: String {
        switch query.sort {
        case .name: "cubes.name"
        case .ingested: "ingested_at"
        case .acquired: "acquired_at"
        case .sensor: "sensor"
        case .collection: "collections.name"
        case .bands: "bands"
        case .samples: "sample_count"
        case .sourceSize: "source_byte_count"
        case .storedSize: "exact_stored_byte_count"
        case .psnr: "psnr_decibels"
        case .id: "cubes.digest"
        }
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        conditions.append(condition)
        arguments += values
    }

    /// A condition that nothing meets.
    private mutating func addImpossible() { add("0", StatementArguments()) }

    private mutating func addIdentity() {
        if let prefix = query.idPrefix {
            if let range = DigestRange(hexadecimalPrefix: prefix) {
                add(
                    "cubes.digest BETWEEN ? AND ?", [Data(range.lowest), Data(range.highest)])
            } else {
                addImpossible()
            }
        }
        if let sensor = query.sensor {
            add("instr(lower(sensor), lower(?)) > 0", [sensor])
        }
    }

    /// A limit before year 0 or after 9999 excludes nothing, or everything.
    private mutating func addTimes() {
        if let since = query.since {
            let text = CatalogTime.text(of: since) ?? (since.timeIntervalSince1970 > 0 ? "~" : "")
            add("acquired_at >= ?", [text])
        }
        if let until = query.until {
            let text = CatalogTime.text(of: until) ?? (until.timeIntervalSince1970 > 0 ? "~" : "")
            add("acquired_at <= ?", [text])
        }
    }

    /// R*Tree finds candidates with edges rounded outwards; the exact edges decide.
    private mutating func addFootprint() {
        guard !query.bounds.isEmpty else { return }
        let touches = "west <= ? AND east >= ? AND south <= ? AND north >= ?"
        let one =
            "(cubes.id IN (SELECT cube FROM cube_footprints WHERE \(touches)) AND \(touches))"
        let all = query.bounds.map { _ in one }.joined(separator: " OR ")
        let edges = query.bounds.map { [$0.east, $0.west, $0.north, $0.south] }
        add("(\(all))", StatementArguments(edges.flatMap { $0 + $0 }))
    }

    private mutating func addSpectrum() {
        if let range = query.wavelengthNanometers {
            add("lowest_wavelength_nanometers <= ?", [range.lowerBound])
            add("highest_wavelength_nanometers >= ?", [range.upperBound])
        }
        if let range = query.bandCount {
            add("bands BETWEEN ? AND ?", [range.lowerBound, range.upperBound])
        }
    }

    private mutating func addLabels() {
        if let collection = query.collection {
            add(
                "cubes.collection = (SELECT id FROM collections WHERE name = ?)", [collection])
        }
        for (key, value) in query.tags.sorted(by: { $0.key < $1.key }) {
            add("cubes.id IN (SELECT cube FROM tags WHERE key = ? AND value = ?)", [key, value])
        }
        if let text = query.text, !text.allSatisfy(\.isWhitespace) {
            if let match = FullTextExpression(text).match {
                add(
                    "cubes.id IN (SELECT rowid FROM cube_texts WHERE cube_texts MATCH ?)", [match])
            } else {
                addImpossible()
            }
        }
    }
}
