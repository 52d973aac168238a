import Catalog
import Cube
import Testing

/// Free text finds words wherever they stand, and nothing that a user types is an error.
struct TextSearchTests {
    private let fixture: CatalogFixture

    init() throws {
        fixture = try CatalogFixture()
        try fixture.add(
            "jasperRidge2_R198",
            description: CatalogFixture.description(
                sensor: "AVIRIS", text: "Réserve biologique AND serpentine NOT grassland"),
            collection: "airborne", tags: ["site": "Stanford"])
        try fixture.add("Indian_pines_corrected")
    }

    @Test(arguments: [
        "jasperRidge2_R198", "jasper", "ridge", "JASPER", "198", "r198", "serpentine grass",
        "reserve", "RÉSERVE", "aviris", "airborne", "stanford", "site", "jasperRidge2_R198.img",
        "grassland serpentine", "NOT", "and", "  ridge\t jasper \n",
    ])
    func `a word is found in name, text, sensor, collection, tags and file names`(
        _ text: String
    ) throws {
        #expect(try fixture.names(CubeQuery(text: text)) == ["jasperRidge2_R198"])
    }

    @Test(arguments: ["asper", "cuprite", "serpentine pines", "OR", "jasper NEAR ridge"])
    func `words that are not there find nothing`(_ text: String) throws {
        #expect(try fixture.names(CubeQuery(text: text)).isEmpty)
    }

    @Test(arguments: ["", " ", "\t\n"])
    func `blank text is no condition`(_ text: String) throws {
        #expect(try fixture.names(CubeQuery(text: text)).count == 2)
    }

    @Test(arguments: [
        "\"", "\"\"", "'", "*", "(", ")", "AND", "OR NOT", "NEAR(", "NEAR(a b, 2)", "a*b", "name:",
        "name:jasper", "{name text}: x", "-", "^jasper", "+", "\\", ";DROP TABLE cubes;--", "\0",
        "jas\0per", "a\"b", "\"a\" OR \"b", "🛰", "é\u{301}\u{301}", "\u{FEFF}", "[", "%", "a:b:c",
        "!!!", "jasper)", "(ridge", "--", "/* x */", "?1", ":x", "@x", "$x", "\u{2028}", "٣", "Ⅷ",
        "½", "\u{E000}", "\u{10FFFF}", String(repeating: "\"(", count: 5000),
        String(repeating: "a ", count: 5000), String(repeating: "a.", count: 5000),
    ])
    func `hostile text is never an error`(_ text: String) throws {
        _ = try fixture.writer.search(CubeQuery(text: text))
        #expect(try fixture.writer.count(CubeQuery()) == 2)
    }

    @Test(arguments: ["!!!", "\"", "---", "* ( )"])
    func `text without a letter or digit finds nothing`(_ text: String) throws {
        #expect(try fixture.names(CubeQuery(text: text)).isEmpty)
    }

    @Test(arguments: ["\"jasper\"", "jasper)", "^jasper", "(ridge)", "jasper -- !"])
    func `punctuation around words is passed over`(_ text: String) throws {
        #expect(try fixture.names(CubeQuery(text: text)) == ["jasperRidge2_R198"])
    }
}
