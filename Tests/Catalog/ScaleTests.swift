import Basics
import Catalog
import Cube
import Foundation
import TestSupport
import Testing

/// Ten thousand cubes are listed, searched and planned for without waiting.
struct ScaleTests {
    private static let cubeCount = 10_000
    private static let flipCount = 500
    private static let sensors = ["AVIRIS", "ROSIS", "EMIT", "Hyperion", "PRISMA"]

    private func cube(_ index: Int, _ geometry: CubeGeometry) -> CubeRecord {
        let west = Double(index % 360) - 180
        let south = Double(index / 360 % 170) - 85
        let bounds = GeographicBounds(
            west: west, south: south, east: west + 0.5, north: south + 0.5)
        let description = CubeDescription(
            geometry: geometry, sampleType: .uint16,
            bands: (0..<geometry.bands).map {
                BandDescription(wavelengthNanometers: 400 + Double($0) * 300)
            },
            sensor: Self.sensors[index % 5],
            acquisitionTime: CatalogFixture.noon.addingTimeInterval(Double(index) * 3600),
            text: "flight line \(index) over site \(index % 100)",
            georeference: Georeference(bounds: bounds))
        return CubeRecord(
            id: CatalogFixture.digest("cube \(index)"), name: "scene_\(index)", format: "envi",
            description: description, collection: "collection \(index % 10)",
            tags: ["site": "\(index % 100)"], fidelity: "lossless",
            exactBlob: CatalogFixture.digest("exact"), exactStoredByteCount: 10,
            maximumAbsoluteError: 0,
            ingestedAt: CatalogFixture.noon,
            sourceFiles: [
                SourceFileRecord(
                    role: "samples", fileName: "scene_\(index).img", byteCount: 1000,
                    sha256: CatalogFixture.digest("cube \(index)"), storage: .notKept)
            ])
    }

    private func filled() throws -> CatalogFixture {
        let fixture = try CatalogFixture()
        let geometry = try CubeGeometry(lines: 100, samples: 100, bands: 5)
        try fixture.addBase(1, state: .current)
        try fixture.addBase(2, state: .candidate)
        let latent = [UInt8](repeating: 7, count: 64)
        let blob = BlobRecord(
            digest: CatalogFixture.digest("exact"), kind: "exact", contentByteCount: 10,
            storedByteCount: 10, chunkCount: 1, createdAt: CatalogFixture.noon)
        try fixture.writer.batch { transaction in
            try transaction.addBlobs([blob])
            for index in 0..<Self.cubeCount {
                let base = index < Self.cubeCount / 2 ? 1 : 2
                let encoding = CatalogFixture.encoding(base: base, latent: latent)
                _ = try transaction.addCube(cube(index, geometry), blobs: [], encoding: encoding)
            }
            for index in 0..<Self.flipCount {
                try transaction.flipEncoding(
                    of: CatalogFixture.digest("cube \(index)"),
                    to: CatalogFixture.encoding(base: 2, latent: latent))
            }
        }
        return fixture
    }

    private static func figure(_ name: String, _ seconds: Double) -> String {
        "\(name) \((seconds * 1e4).rounded() / 10) ms"
    }

    @Test func `ten thousand cubes are searched and planned for quickly`() throws {
        let start = ProcessorClock.threadSeconds()
        let fixture = try filled()
        var figures = [Self.figure("filling", ProcessorClock.threadSeconds() - start)]
        let reader = try CatalogReader(path: fixture.path)
        func timed(_ name: String, _ expected: Int, _ body: () throws -> Int) throws {
            let start = ProcessorClock.threadSeconds()
            let count = try body()
            let seconds = ProcessorClock.threadSeconds() - start
            figures.append(Self.figure(name, seconds))
            #expect(count == expected, "\(name)")
            #expect(seconds < 2, "\(name)")
        }
        func search(_ name: String, _ expected: Int, _ query: CubeQuery) throws {
            try timed(name, expected) { try reader.search(query).count }
        }
        try search("everything", Self.cubeCount, CubeQuery())
        try search("one page", 20, CubeQuery(sort: .psnr, limit: 20))
        try search("sensor", 2000, CubeQuery(sensor: "emit"))
        try search("tag", 100, CubeQuery(tags: ["site": "17"]))
        try search("text", 1, CubeQuery(text: "scene 4711"))
        try search("collection", 1000, CubeQuery(collection: "collection 3"))
        try search("wavelength", Self.cubeCount, CubeQuery(wavelengthNanometers: 400...1600))
        let box = try #require(CubeQuery.boxes(west: 0.6, south: -90, east: 0.9, north: 90))
        try search("box", 0, CubeQuery(bounds: box))
        let wider = try #require(CubeQuery.boxes(west: 0.6, south: -90, east: 1, north: 90))
        try search("wider box", 28, CubeQuery(bounds: wider))
        try timed("planning", Self.cubeCount / 2 - Self.flipCount) {
            try reader.cubesNeedingEncoding(base: 2).count
        }
        try timed("statistics", 64 * Self.cubeCount) { try reader.statistics().latentByteCount }
        try timed("resolving", 1000) {
            try (0..<1000).filter { index in
                let id = CatalogFixture.digest("cube \(index)")
                return try reader.resolve(String(id.hexadecimal.prefix(16))) == id
            }.count
        }
        figures += try rotationFigures(fixture)
        print("10,000 cubes: " + figures.joined(separator: ", "))
    }

    /// Plans a rotation of all cubes and takes a part of it back.
    private func rotationFigures(_ fixture: CatalogFixture) throws -> [String] {
        let writer = fixture.writer
        try fixture.addBase(3, state: .candidate)
        let memory = try ProcessMemory.peakByteCount()
        let start = ProcessorClock.threadSeconds()
        let begun = try writer.batch {
            try $0.beginRotation(to: 3, isForced: false, at: CatalogFixture.noon)
        }
        let planned = ProcessorClock.threadSeconds()
        let grown = try ProcessMemory.peakByteCount() - memory
        #expect(begun.cubeCount == Self.cubeCount && planned - start < 2 && grown < 200 << 20)
        try writer.batch { change in
            for index in 0..<Self.flipCount {
                let cube = CatalogFixture.digest("cube \(index)")
                try change.stageEncoding(of: cube, CatalogFixture.encoding(base: 3))
                try change.flipToStaged(of: cube, base: 3, rotation: begun.id)
            }
        }
        let flipped = ProcessorClock.threadSeconds()
        let count = try writer.batch { try $0.rollBack(begun, at: CatalogFixture.noon) }
        let rolledBack = ProcessorClock.threadSeconds()
        #expect(count == Self.flipCount && rolledBack - flipped < 2)
        return [
            Self.figure("planning a rotation", planned - start) + " and \(grown >> 20) MiB",
            Self.figure("rollback", rolledBack - flipped),
        ]
    }
}
