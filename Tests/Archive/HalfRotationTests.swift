import Archive
import Basics
import Catalog
import Cube
import Foundation
import TestSupport
import Testing

/// Readers beside a rotation that is half done.
@Suite struct HalfRotationTests {
    let fixture: ArchiveFixture
    let writer: ArchiveWriter

    /// Four cubes, and a rotation to a second network that will switch every one of them.
    init() throws {
        fixture = try ArchiveFixture()
        let settings = fixture.path + "/cubevault.toml"
        let text = try String(contentsOfFile: settings, encoding: .utf8)
        let rule = "least_gain_decibels = -100.0\nlargest_loss_decibels = 100.0\n"
        try Data((text + "\n[rotation]\n" + rule).utf8).write(to: URL(filePath: settings))
        writer = try fixture.writer()
        for seed in 1...4 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try BaseTrainer(writer).train()
        _ = try Rotator(writer).rotate()
        var options = TrainingOptions()
        options.initialVersion = 1
        options.seed = 2
        _ = try BaseTrainer(writer).train(options)
        _ = try Rotator(writer).begin(to: 2, force: true)
    }

    @Test func `every cube is found, shown and restored, from whichever network it is on`() throws {
        let queue = EncodingQueue(writer)
        for _ in 1...2 { _ = try queue.performNext() }
        let reader = try Archive(opening: fixture.path)
        #expect(try reader.status().rotation?.remainingCubeCount == 2)
        let found = try reader.catalog.search(CubeQuery(sort: .name))
        #expect(found.compactMap(\.baseVersion).sorted() == [1, 1, 2, 2])
        for summary in found {
            let cube = try reader.catalog.cube(summary.id)
            let encoding = try #require(try reader.catalog.currentEncoding(of: cube.id))
            #expect(encoding.baseVersion == summary.baseVersion)
            let source = try SceneReader(path: fixture.folder.file(cube.name + ".img"))
            let original = try MemoryCube(reading: source)
            #expect(try MemoryCube(reading: reader.exactSource(of: cube)) == original)
            let latent = try reader.samples(of: cube, from: .latent).source
            var meter = QualityMeter(nodataValue: cube.description.nodataValue)
            let lines = 0..<cube.description.geometry.lines
            meter.add(
                original: try original.read(lines: lines),
                reconstruction: try latent.read(lines: lines))
            let measured = try #require(encoding.quality.psnrDecibels)
            #expect(abs(try #require(meter.quality.psnrDecibels) - measured) < 0.01)
            var request = RestoreRequest()
            request.format = .original
            request.output = fixture.folder.file("back-\(cube.name)/")
            let restored = try Restorer(reader).restore(cube.id, request)
            #expect(restored.files.allSatisfy { $0.equalsSource == true })
        }
        #expect(try Checker(reader).check(readsData: true).isSound)
    }

    @Test func `a reader beside the switching sees each cube's old or new encoding, whole`() throws
    {
        let reader = try Archive(opening: fixture.path)
        let ids = try reader.catalog.search(CubeQuery()).map(\.id)
        let known = try [1, 2].map { version in
            try ids.map { try #require(try reader.catalog.encoding(of: $0, base: version)) }
        }
        let queue = EncodingQueue(writer)
        let stop = StopToken()
        let thread = Thread {
            // What it leaves undone the test finds below.
            while let report = try? queue.performNext(), report.outcome != .failed {
                usleep(20_000)
            }
            stop.request()
        }
        thread.start()
        var counts: [Int] = []
        var isLast = false
        while !isLast {
            isLast = stop.isRequested
            let versions = try reader.catalog.read { queries in
                try ids.enumerated().map { index, id in
                    let now = try #require(try queries.currentEncoding(of: id))
                    let expected = known[now.baseVersion - 1][index]
                    #expect(now.latent == expected.latent && now.quality == expected.quality)
                    return now.baseVersion
                }
            }
            let found = try reader.catalog.search(CubeQuery())
            #expect(found.count == 4 && found.allSatisfy { $0.baseVersion != nil })
            counts.append(versions.filter { $0 == 2 }.count)
        }
        #expect(counts == counts.sorted() && counts.last == 4)
        #expect(Set(counts).count > 2, "it was seen half done")
        #expect(try fixture.check().isSound)
    }
}
