import Archive
import Basics
import Catalog
import Cube
import Foundation
import Testing

/// How people name base networks, and what they can ask about them.
@Suite struct BaseReferenceTests {
    @Test func `every form is read as what it is`() {
        #expect(BaseReference("3") == .version(3))
        #expect(BaseReference("current") == .newest(.current, family: nil))
        #expect(BaseReference("vnir-24/2") == .number(2, family: "vnir-24"))
        #expect(BaseReference("vnir-24/previous") == .newest(.previous, family: "vnir-24"))
        #expect(BaseReference("3F2a91") == .digest(prefix: "3f2a91"))
        #expect(BaseReference("12345678") == .digest(prefix: "12345678"))
        for text in ["", "0", "-1", "3f", "retired", "a/b", "/2", "VNIR/2", "x/0", "1/2/3", "xyzq"]
        {
            #expect(BaseReference(text) == nil, "\(text)")
        }
    }

    @Test func `versions are found by any name, and a comparison shows both sides`() throws {
        let fixture = try ArchiveFixture()
        let writer = try fixture.writer()
        for seed in 1...2 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        var options = TrainingOptions()
        options.family = "tiny"
        let first = try BaseTrainer(writer).train(options)
        _ = try Rotator(writer).rotate()
        options.seed = 2
        options.iterationLimit = 60
        let second = try BaseTrainer(writer).train(options)
        let archive = writer.archive
        #expect((first.family, first.number) == ("tiny", 1))
        #expect((second.family, second.number) == ("tiny", 2))
        #expect(first.goldenSHA256?.count == 4)
        #expect(try archive.resolveBase("current") == 1)
        #expect(try archive.resolveBase("candidate") == 2)
        #expect(try archive.resolveBase("tiny/2") == 2)
        #expect(try archive.resolveBase(String(second.digest.hexadecimal.prefix(10))) == 2)
        for text in ["previous", "7", "other/1", "tiny/3", "???"] {
            #expect(throws: ArchiveError.self, "\(text)") { try archive.resolveBase(text) }
        }

        var comparison = try archive.compareBases(1, 2)
        #expect(comparison.cubes.count == 2 && comparison.commonCubes.isEmpty)
        #expect(comparison.second.meanPSNRDecibels == nil)
        _ = try Rotator(writer).rotate(to: 2)
        comparison = try archive.compareBases(1, 2)
        #expect(comparison.commonCubes.count == 2)
        for cube in comparison.cubes {
            let encodings = try archive.catalog.encodings(of: cube.id)
            #expect(cube.second?.psnrDecibels == encodings[0].quality.psnrDecibels)
            #expect(cube.first?.psnrDecibels == encodings[1].quality.psnrDecibels)
            #expect(cube.first?.latentBitCount == encodings[1].latentByteCount * 8)
            #expect((cube.first?.isCurrent == true) != (cube.second?.isCurrent == true))
        }
    }
}
