import Basics
import Catalog
import Cube
import Foundation
import Testing

/// What goes into the catalog comes out again.
struct CubeRecordTests {
    @Test func `a cube comes back with every field`() throws {
        let fixture = try CatalogFixture()
        let description = try CatalogFixture.description(
            sensor: "AVIRIS", acquired: CatalogFixture.noon.addingTimeInterval(0.25),
            text: "Jasper Ridge, \"quoted\"",
            bounds: GeographicBounds(west: -122.25, south: 37.375, east: -122.1, north: 37.5),
            nodata: -9999)
        var cube = try CatalogFixture.cube(
            "jasper", description: description, collection: "airborne",
            tags: ["site": "Jasper Ridge", "season": ""])
        cube.variable = "reflectance"
        cube.sourceFiles = [
            SourceFileRecord(
                role: "header", fileName: "jasper.hdr", byteCount: 12,
                sha256: CatalogFixture.digest("header"), modifiedAt: CatalogFixture.noon,
                storage: .blob(CatalogFixture.digest("header"))),
            SourceFileRecord(
                role: "samples", fileName: "jasper.img", byteCount: 800,
                sha256: CatalogFixture.digest("img"),
                storage: .samples(
                    layout: #"{"interleave":"bil"}"#, prefix: CatalogFixture.digest("prefix"),
                    trailing: nil)),
            SourceFileRecord(
                role: "sidecar", fileName: "jasper.txt", byteCount: 0,
                sha256: CatalogFixture.digest("sidecar"), storage: .notKept),
        ]
        let blobs = ["jasper.exact", "header", "prefix"].map { CatalogFixture.blob($0) }
        #expect(try fixture.writer.addCube(cube, blobs: blobs) == .added)
        #expect(try fixture.writer.cube(cube.id) == cube)
        #expect(
            try fixture.writer.referencedBlobs() == Set(blobs.map(\.digest)))
        #expect(try fixture.writer.allBlobs() == blobs.sorted { $0.digest < $1.digest })
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 0.1, -3.4028234663852886e38])
    func `any nodata value survives`(_ nodata: Double) throws {
        let fixture = try CatalogFixture()
        let id = try fixture.add("cube", description: CatalogFixture.description(nodata: nodata))
        let back = try #require(try fixture.writer.cube(id).description.nodataValue)
        #expect(back.isNaN ? nodata.isNaN : back == nodata)
    }

    @Test func `the same cube again is a duplicate and changes nothing`() throws {
        let fixture = try CatalogFixture()
        let cube = try CatalogFixture.cube("one")
        let blobs = [CatalogFixture.blob("one.exact")]
        #expect(try fixture.writer.addCube(cube, blobs: blobs) == .added)
        var renamed = cube
        renamed.name = "two"
        let event = CatalogFixture.event("ingest", cube: cube.id)
        #expect(
            try fixture.writer.addCube(
                renamed, blobs: [CatalogFixture.blob("other")], events: [event]) == .duplicate)
        #expect(try fixture.writer.cube(cube.id) == cube)
        #expect(try fixture.writer.allBlobs() == blobs)
        #expect(try fixture.writer.events(for: cube.id).isEmpty)
    }

    @Test func `a cube that refers to an unknown blob is refused and leaves nothing`() throws {
        let fixture = try CatalogFixture()
        let cube = try CatalogFixture.cube("orphan", collection: "new", tags: ["a": "b"])
        #expect {
            try fixture.writer.addCube(cube, blobs: [CatalogFixture.blob("unrelated")])
        } throws: { error in
            if case CatalogError.refused = error { true } else { false }
        }
        #expect(try fixture.writer.search(CubeQuery()).isEmpty)
        #expect(try fixture.writer.collections().isEmpty)
        #expect(try fixture.writer.allBlobs().isEmpty)
        #expect(try fixture.writer.integrityCheck(thorough: true).isEmpty)
    }

    @Test func `a time beyond year 9999 is refused with a reason`() throws {
        let fixture = try CatalogFixture()
        let late = Date(timeIntervalSince1970: 253_402_300_800)
        #expect {
            try fixture.add("late", description: CatalogFixture.description(acquired: late))
        } throws: { error in
            if case CatalogError.invalidRecord = error { true } else { false }
        }
        #expect(try fixture.writer.count(CubeQuery()) == 0)
    }

    @Test(arguments: [
        -62_167_219_200.0, -62_135_596_800.001, -2_208_988_800, -0.001, 0, 0.999, 951_782_400,
        951_868_799.999, 4_107_542_399, 253_402_300_799.999,
    ])
    func `times survive to the millisecond`(_ secondsSince1970: Double) throws {
        let fixture = try CatalogFixture()
        let time = Date(timeIntervalSince1970: secondsSince1970)
        let id = try fixture.add("cube", description: CatalogFixture.description(acquired: time))
        let back = try #require(try fixture.writer.cube(id).description.acquisitionTime)
        #expect(abs(back.timeIntervalSince(time)) < 0.000_1)
    }

    @Test func `an unknown cube is not found`() throws {
        let fixture = try CatalogFixture()
        let id = CatalogFixture.digest("nobody")
        #expect(throws: CatalogError.notFound(kind: "cube", name: id.hexadecimal)) {
            try fixture.writer.cube(id)
        }
        #expect(try fixture.writer.currentEncoding(of: id) == nil)
    }

    @Test func `cubes are found by the content of a source file`() throws {
        let fixture = try CatalogFixture()
        let id = try fixture.add("one")
        try fixture.add("two")
        #expect(try fixture.writer.cubes(fromFile: CatalogFixture.digest("one.img")) == [id])
        #expect(try fixture.writer.cubes(fromFile: CatalogFixture.digest("none")).isEmpty)
    }

    @Test func `tags and collections can be changed and stay searchable`() throws {
        let fixture = try CatalogFixture()
        let id = try fixture.add("one", collection: "old", tags: ["site": "Jasper"])
        try fixture.writer.addTag("site", "Cuprite", to: id)
        try fixture.writer.addTag("season", "Summer", to: id)
        try fixture.writer.setCollection("new", of: id)
        #expect(try fixture.writer.cube(id).tags == ["site": "Cuprite", "season": "Summer"])
        #expect(try fixture.names(CubeQuery(text: "cuprite")) == ["one"])
        #expect(try fixture.names(CubeQuery(text: "jasper")).isEmpty)
        #expect(try fixture.names(CubeQuery(text: "new")) == ["one"])
        #expect(try fixture.writer.removeTag("site", from: id))
        #expect(try !fixture.writer.removeTag("site", from: id))
        #expect(try fixture.names(CubeQuery(text: "cuprite")).isEmpty)
        #expect(try fixture.writer.collections().map(\.cubeCount) == [1, 0])
        try fixture.writer.setCollection(nil, of: id)
        #expect(try fixture.writer.cube(id).collection == nil)
        #expect(throws: CatalogError.self) { try fixture.writer.addTag("", "x", to: id) }
        #expect(throws: CatalogError.self) { try fixture.writer.setCollection("", of: id) }
    }

    @Test func `every blob counts once in the statistics`() throws {
        let fixture = try CatalogFixture()
        try fixture.addBase(1, state: .current)
        try fixture.add("one", encoding: CatalogFixture.encoding(base: 1, latent: [1, 2, 3]))
        var twin = try CatalogFixture.cube("twin")
        twin.exactBlob = CatalogFixture.digest("one.exact")
        _ = try fixture.writer.addCube(twin, blobs: [CatalogFixture.blob("one.exact")])
        try fixture.writer.addBlobs([CatalogFixture.blob("unreferenced", stored: 7)])
        let statistics = try fixture.writer.statistics()
        #expect(statistics.cubeCount == 2)
        #expect(statistics.sampleCount == 2 * 10 * 20 * 2)
        #expect(statistics.sourceByteCount == 1600)
        #expect(statistics.exactStoredByteCount == 100)
        #expect(statistics.latentByteCount == 3)
        #expect(statistics.encodedCubeCount == 1)
        #expect(statistics.baseStoredByteCount == 700_000)
        #expect(statistics.blobStoredByteCount == 700_107)
        #expect(statistics.blobCount == 3)
    }

    @Test func `only blobs that nothing refers to can be forgotten`() throws {
        let fixture = try CatalogFixture()
        let id = try fixture.add("one")
        let loose = CatalogFixture.blob("loose")
        try fixture.writer.addBlobs([loose])
        let exact = try #require(try fixture.writer.cube(id).exactBlob)
        #expect(throws: CatalogError.self) {
            try fixture.writer.removeBlobs([loose.digest, exact])
        }
        #expect(try fixture.writer.blob(loose.digest) == loose)
        try fixture.writer.removeBlobs([loose.digest, CatalogFixture.digest("unknown")])
        #expect(try fixture.writer.blob(loose.digest) == nil)
        #expect(try fixture.writer.blob(exact) != nil)
    }
}
