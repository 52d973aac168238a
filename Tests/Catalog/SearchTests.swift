import Basics
import Catalog
import Cube
import Foundation
import Testing

/// Every condition of a search finds what it should and nothing else.
struct SearchTests {
    private let fixture: CatalogFixture
    private static let year: Double = 365 * 86_400

    /// `alpha` has everything, `beta` other values, `gamma` nothing that is optional.
    init() throws {
        fixture = try CatalogFixture()
        let noon = CatalogFixture.noon
        try fixture.addBase(1, state: .current)
        try fixture.add(
            "alpha",
            description: CatalogFixture.description(
                sensor: "AVIRIS-NG", acquired: noon, text: "Serpentine grassland",
                bounds: GeographicBounds(west: -122.3, south: 37.3, east: -122.1, north: 37.5)),
            collection: "airborne", tags: ["site": "Jasper Ridge", "season": "summer"],
            ingestedAt: noon, encoding: CatalogFixture.encoding(base: 1))
        let visible = [450.0, 550, 650].map { BandDescription(wavelengthNanometers: $0) }
        try fixture.add(
            "beta",
            description: CatalogFixture.description(
                bands: visible, sensor: "ROSIS", acquired: noon.addingTimeInterval(Self.year),
                text: "Urban roofs of Pavía",
                bounds: GeographicBounds(west: 9.1, south: 45.1, east: 9.2, north: 45.2)),
            collection: "urban", tags: ["season": "winter"],
            ingestedAt: noon.addingTimeInterval(1))
        let nameless = Array(repeating: BandDescription(), count: 5)
        try fixture.add(
            "gamma", description: CatalogFixture.description(bands: nameless),
            ingestedAt: noon.addingTimeInterval(2))
    }

    @Test func `an empty query finds everything, newest first`() throws {
        let found = try fixture.writer.search(CubeQuery()).map(\.name)
        #expect(found == ["gamma", "beta", "alpha"])
    }

    @Test func `a listing shows what a table needs`() throws {
        let alpha = try #require(
            try fixture.writer.search(CubeQuery(sensor: "aviris")).first)
        #expect(alpha.id == CatalogFixture.digest("alpha"))
        #expect(alpha.geometry.bands == 2)
        #expect(alpha.sampleType == .int16)
        #expect(alpha.sensor == "AVIRIS-NG")
        #expect(alpha.collection == "airborne")
        #expect(alpha.tags == ["site": "Jasper Ridge", "season": "summer"])
        #expect(alpha.acquisitionTime == CatalogFixture.noon)
        #expect(alpha.lowestWavelengthNanometers == 395)
        #expect(alpha.highestWavelengthNanometers == 2500)
        #expect(alpha.bounds?.west == -122.3)
        #expect(alpha.baseVersion == 1)
        #expect(alpha.latentByteCount == 3)
        #expect(alpha.latentPSNRDecibels == 38.5)
        #expect(alpha.sourceByteCount == 800)
        let gamma = try #require(try fixture.writer.search(CubeQuery(bandCount: 5...5)).first)
        #expect(gamma.name == "gamma")
        #expect(gamma.sensor == nil && gamma.bounds == nil && gamma.baseVersion == nil)
        #expect(gamma.tags.isEmpty && gamma.lowestWavelengthNanometers == nil)
    }

    @Test(arguments: [
        ("AVIRIS", ["alpha"]), ("aviris-ng", ["alpha"]), ("rosis", ["beta"]),
        ("is", ["alpha", "beta"]), ("%", []), ("_", []), ("EMIT", []),
    ])
    func `sensor matches part of the name in any case`(
        _ sensor: String, _ expected: [String]
    ) throws {
        #expect(try fixture.names(CubeQuery(sensor: sensor)) == expected)
    }

    @Test func `times bound the acquisition, both ends included`() throws {
        let noon = CatalogFixture.noon
        #expect(try fixture.names(CubeQuery(since: noon)) == ["alpha", "beta"])
        #expect(try fixture.names(CubeQuery(since: noon.addingTimeInterval(0.001))) == ["beta"])
        #expect(try fixture.names(CubeQuery(until: noon)) == ["alpha"])
        #expect(try fixture.names(CubeQuery(until: noon.addingTimeInterval(-0.001))).isEmpty)
        #expect(try fixture.names(CubeQuery(since: noon, until: noon)) == ["alpha"])
        #expect(try fixture.names(CubeQuery(since: .distantPast)) == ["alpha", "beta"])
        let never = Date(timeIntervalSince1970: 1e13)
        #expect(try fixture.names(CubeQuery(since: never)).isEmpty)
        #expect(try fixture.names(CubeQuery(until: never)) == ["alpha", "beta"])
    }

    @Test func `a box finds footprints that it touches`() throws {
        func found(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws
            -> [String]
        {
            let boxes = try #require(
                CubeQuery.boxes(west: west, south: south, east: east, north: north))
            return try fixture.names(CubeQuery(bounds: boxes))
        }
        #expect(try found(-180, -90, 180, 90) == ["alpha", "beta"])
        #expect(try found(-122.2, 37.4, -122.15, 37.45) == ["alpha"])
        #expect(try found(9, 45, 10, 46) == ["beta"])
        #expect(try found(9.2, 45.2, 10, 46) == ["beta"])
        #expect(try found(9.200_000_01, 45.2, 10, 46).isEmpty)
        #expect(try found(0, 0, 9.099_999_9, 46).isEmpty)
        #expect(try found(170, 0, -122.25, 60) == ["alpha"])
        #expect(try found(-122.2, 38, -122.15, 39).isEmpty)
        #expect(CubeQuery.boxes(west: 0, south: 10, east: 1, north: 5) == nil)
        #expect(CubeQuery.boxes(west: 190, south: 0, east: -170, north: 5) == nil)
    }

    @Test func `a wavelength range must lie inside the cube's bands`() throws {
        func found(_ range: ClosedRange<Double>) throws -> [String] {
            try fixture.names(CubeQuery(wavelengthNanometers: range))
        }
        #expect(try found(500...600) == ["alpha", "beta"])
        #expect(try found(450...650) == ["alpha", "beta"])
        #expect(try found(395...2500) == ["alpha"])
        #expect(try found(394.9...500).isEmpty)
        #expect(try found(500...2500.1).isEmpty)
        #expect(try found(449.9...650) == ["alpha"])
    }

    @Test func `band counts are bounded on both sides`() throws {
        #expect(try fixture.names(CubeQuery(bandCount: 2...3)) == ["alpha", "beta"])
        #expect(try fixture.names(CubeQuery(bandCount: 4...Int.max)) == ["gamma"])
        #expect(try fixture.names(CubeQuery(bandCount: 6...9)).isEmpty)
    }

    @Test func `collections match exactly`() throws {
        #expect(try fixture.names(CubeQuery(collection: "urban")) == ["beta"])
        #expect(try fixture.names(CubeQuery(collection: "Urban")).isEmpty)
        #expect(try fixture.names(CubeQuery(collection: "urb")).isEmpty)
    }

    @Test func `all tags must match`() throws {
        #expect(try fixture.names(CubeQuery(tags: ["season": "summer"])) == ["alpha"])
        let both = ["season": "summer", "site": "Jasper Ridge"]
        #expect(try fixture.names(CubeQuery(tags: both)) == ["alpha"])
        let mixed = ["season": "winter", "site": "Jasper Ridge"]
        #expect(try fixture.names(CubeQuery(tags: mixed)).isEmpty)
        #expect(try fixture.names(CubeQuery(tags: ["season": "spring"])).isEmpty)
    }

    @Test func `an ID prefix of any length narrows the search`() throws {
        let id = CatalogFixture.digest("alpha").hexadecimal
        #expect(try fixture.names(CubeQuery(idPrefix: String(id.prefix(9)))) == ["alpha"])
        #expect(try fixture.names(CubeQuery(idPrefix: id.uppercased())) == ["alpha"])
        #expect(try fixture.names(CubeQuery(idPrefix: "")).count == 3)
        #expect(try fixture.names(CubeQuery(idPrefix: "xyz")).isEmpty)
        #expect(try fixture.names(CubeQuery(idPrefix: id + "0")).isEmpty)
    }

    @Test func `conditions combine, and counting ignores the limit`() throws {
        let query = CubeQuery(
            sensor: "aviris", since: CatalogFixture.noon, wavelengthNanometers: 500...900,
            tags: ["season": "summer"], text: "grass", limit: 0)
        #expect(try fixture.writer.search(query).isEmpty)
        #expect(try fixture.writer.count(query) == 1)
        #expect(try fixture.writer.count(CubeQuery(sensor: "aviris", bandCount: 5...5)) == 0)
    }

    @Test(arguments: CubeSort.allCases)
    func `every sort field works in both directions`(_ sort: CubeSort) throws {
        func names(_ isDescending: Bool) throws -> [String] {
            try fixture.writer.search(CubeQuery(sort: sort, isDescending: isDescending))
                .map(\.name)
        }
        let known: [CubeSort: (ascending: [String], descending: [String])] = [
            .name: (["alpha", "beta", "gamma"], ["gamma", "beta", "alpha"]),
            .ingested: (["alpha", "beta", "gamma"], ["gamma", "beta", "alpha"]),
            .acquired: (["alpha", "beta", "gamma"], ["beta", "alpha", "gamma"]),
            .sensor: (["alpha", "beta", "gamma"], ["beta", "alpha", "gamma"]),
            .collection: (["alpha", "beta", "gamma"], ["beta", "alpha", "gamma"]),
            .bands: (["alpha", "beta", "gamma"], ["gamma", "beta", "alpha"]),
            .samples: (["alpha", "beta", "gamma"], ["gamma", "beta", "alpha"]),
            .sourceSize: (["alpha", "beta", "gamma"], ["alpha", "beta", "gamma"]),
            .storedSize: (["alpha", "beta", "gamma"], ["alpha", "beta", "gamma"]),
            .psnr: (["alpha", "beta", "gamma"], ["alpha", "beta", "gamma"]),
        ]
        let byID = ["alpha", "beta", "gamma"].sorted {
            CatalogFixture.digest($0) < CatalogFixture.digest($1)
        }
        let expected = known[sort] ?? (byID, byID.reversed())
        #expect(try names(false) == expected.ascending)
        #expect(try names(true) == expected.descending)
    }

    @Test func `a limit cuts the sorted listing`() throws {
        let query = CubeQuery(sort: .name, isDescending: false, limit: 2)
        #expect(try fixture.writer.search(query).map(\.name) == ["alpha", "beta"])
        #expect(try fixture.writer.search(CubeQuery(limit: -5)).isEmpty)
    }
}
