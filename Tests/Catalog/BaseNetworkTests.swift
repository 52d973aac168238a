import Basics
import Catalog
import Testing

/// Base networks change states together.
struct BaseNetworkTests {
    @Test func `a base network comes back as it was`() throws {
        let fixture = try CatalogFixture()
        #expect(try fixture.writer.currentBase() == nil)
        #expect(try fixture.writer.nextBaseVersion() == 1)
        try fixture.addBase(1, state: .candidate)
        #expect(try fixture.writer.base(1) == CatalogFixture.base(1, state: .candidate))
        #expect(try fixture.writer.nextBaseVersion() == 2)
        #expect(
            try fixture.writer.referencedBlobs() == [CatalogFixture.digest("base.1")])
        #expect(throws: CatalogError.notFound(kind: "base network", name: "9")) {
            try fixture.writer.base(9)
        }
    }

    @Test func `numbers count per family and are never given twice`() throws {
        let fixture = try CatalogFixture()
        let writer = fixture.writer
        func add(_ family: String, state: BaseNetworkState = .retired) throws {
            let version = try writer.nextBaseVersion()
            var base = CatalogFixture.base(version, state: state)
            base.family = family
            base.number = try writer.nextBaseNumber(family: family)
            try writer.addBase(
                base, blobs: [CatalogFixture.blob("base.\(version)", kind: "base")])
        }
        for family in ["vnir", "swir", "vnir"] { try add(family) }
        #expect(try writer.bases().map(\.family) == ["vnir", "swir", "vnir"])
        #expect(try writer.bases().map(\.number) == [2, 1, 1])
        try writer.removeBase(3)
        #expect(try writer.nextBaseVersion() == 4)
        #expect(try writer.nextBaseNumber(family: "vnir") == 3)
        #expect(try writer.nextBaseNumber(family: "other") == 1)
        var double = CatalogFixture.base(4, state: .candidate)
        (double.family, double.number) = ("vnir", 1)
        #expect(throws: CatalogError.self) {
            try writer.addBase(
                double, blobs: [CatalogFixture.blob("base.4", kind: "base")])
        }
    }

    @Test func `promotion moves all three states along`() throws {
        let fixture = try CatalogFixture()
        let writer = fixture.writer
        for version in 1...3 { try fixture.addBase(version, state: .candidate) }
        func states() throws -> [BaseNetworkState] { try writer.bases().reversed().map(\.state) }
        try writer.promoteBase(1)
        #expect(try states() == [.current, .candidate, .candidate])
        try writer.promoteBase(2)
        #expect(try states() == [.previous, .current, .candidate])
        try writer.promoteBase(3)
        #expect(try states() == [.retired, .previous, .current])
        try writer.promoteBase(3)
        #expect(try states() == [.retired, .previous, .current])
        try writer.promoteBase(2)
        #expect(try states() == [.retired, .current, .previous])
    }

    @Test func `two current base networks are refused and nothing changes`() throws {
        let fixture = try CatalogFixture()
        try fixture.addBase(1, state: .current)
        try fixture.addBase(2, state: .candidate)
        let before = try fixture.writer.bases()
        #expect(throws: CatalogError.self) {
            try fixture.writer.setBaseStates([1: .current, 2: .current])
        }
        #expect(throws: CatalogError.notFound(kind: "base network", name: "7")) {
            try fixture.writer.setBaseStates([1: .retired, 7: .current])
        }
        #expect(throws: CatalogError.self) { try fixture.addBase(3, state: .current) }
        #expect(throws: CatalogError.self) { try fixture.addBase(1, state: .candidate) }
        #expect(try fixture.writer.bases() == before)
    }

    @Test func `only a retired and unused base network can be removed`() throws {
        let fixture = try CatalogFixture()
        try fixture.addBase(1, state: .current)
        let cube = try fixture.add("a", encoding: CatalogFixture.encoding(base: 1))
        #expect(throws: CatalogError.self) { try fixture.writer.removeBase(1) }
        try fixture.writer.setBaseStates([1: .retired])
        #expect(throws: CatalogError.baseInUse(version: 1, cubeCount: 1)) {
            try fixture.writer.removeBase(1)
        }
        try fixture.addBase(2, state: .current)
        try fixture.writer.flipEncoding(of: cube, to: CatalogFixture.encoding(base: 2))
        try fixture.writer.removeBase(1)
        #expect(try fixture.writer.bases().map(\.version) == [2])
        #expect(
            try !fixture.writer.referencedBlobs().contains(CatalogFixture.digest("base.1")))
    }
}
