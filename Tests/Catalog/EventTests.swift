import Basics
import Catalog
import Foundation
import Testing

/// The history of what happened.
struct EventTests {
    @Test func `events come back latest first, by object or all`() throws {
        let fixture = try CatalogFixture()
        let one = CatalogFixture.digest("one")
        let two = CatalogFixture.digest("two")
        var failure = CatalogFixture.event("ingest", cube: two)
        failure.outcome = .failed
        failure.message = "the header is missing"
        failure.figures = ["seconds": 0.5, "psnrDecibels": .infinity]
        try fixture.writer.recordEvents([
            CatalogFixture.event("ingest", cube: one), failure,
            CatalogFixture.event("rotate", cube: one),
        ])
        #expect(try fixture.writer.events(for: one).map(\.action) == ["rotate", "ingest"])
        #expect(try fixture.writer.events(for: one, limit: 1).map(\.action) == ["rotate"])
        #expect(try fixture.writer.events().count == 3)
        let later = CatalogFixture.noon.addingTimeInterval(0.5)
        #expect(try fixture.writer.events(since: CatalogFixture.noon).count == 3)
        #expect(try fixture.writer.events(since: later).isEmpty)
        let cube = one.hexadecimal
        #expect(
            try fixture.writer.events(objectKind: "cube", objectID: cube, since: later).isEmpty)
        var back = try #require(try fixture.writer.events(for: two).first)
        #expect(back.id == 2)
        back.id = nil
        #expect(back == failure)
        #expect(try fixture.writer.events(objectKind: "base", objectID: "1").isEmpty)
    }

    @Test func `an event is recorded with the cube or not at all`() throws {
        let fixture = try CatalogFixture()
        let cube = try CatalogFixture.cube("one")
        var event = CatalogFixture.event("ingest", cube: cube.id)
        event.at = Date(timeIntervalSince1970: 1e15)
        #expect(throws: CatalogError.self) {
            try fixture.writer.addCube(
                cube, blobs: [CatalogFixture.blob("one.exact")], events: [event])
        }
        #expect(try !fixture.writer.hasCube(cube.id))
        event.at = CatalogFixture.noon
        _ = try fixture.writer.addCube(
            cube, blobs: [CatalogFixture.blob("one.exact")], events: [event])
        #expect(try fixture.writer.events(for: cube.id).count == 1)
    }
}
