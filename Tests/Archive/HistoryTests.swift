import Archive
import Basics
import Catalog
import Foundation
import Testing

/// What happened, by cube, base network or all.
@Suite struct HistoryTests {
    @Test func `every object has its own history, the latest first`() throws {
        let fixture = try ArchiveFixture()
        let writer = try fixture.writer()
        let start = Date().addingTimeInterval(-1)
        for seed in 1...2 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        let base = try BaseTrainer(writer).train()
        _ = try Rotator(writer).rotate()
        let archive = writer.archive
        let cube = try archive.catalog.resolve("scene-1")
        for name in ["scene-1", cube.hexadecimal, String(cube.hexadecimal.prefix(9))] {
            let history = try archive.history(of: name)
            #expect(history.map(\.action) == ["encode", "ingest"])
            #expect(history.allSatisfy { $0.objectID == cube.hexadecimal })
        }
        for name in ["1", "current", base.family + "/1", base.digest.hexadecimal] {
            let history = try archive.history(of: name)
            #expect(history.suffix(2).map(\.action) == ["train", "train-start"], "\(name)")
            #expect(
                history.dropLast().allSatisfy { $0.objectKind == "base" && $0.objectID == "1" })
        }
        let all = try archive.history()
        let actions = ["encode", "gate", "ingest", "rotate", "train", "train-start"]
        #expect(Set(all.map(\.action)) == Set(actions))
        #expect(all.count == 9)
        #expect(try archive.history(limit: 2) == Array(all.prefix(2)))
        #expect(try archive.history(since: start).count == 9)
        #expect(try archive.history(since: Date().addingTimeInterval(60)).isEmpty)
        for name in ["9", "previous", "nobody", "ffffffffffff"] {
            #expect(throws: CatalogError.self, "\(name)") { try archive.history(of: name) }
        }
    }

    @Test func `a training is in the history once from its start, whatever interrupts it`() throws {
        let fixture = try ArchiveFixture()
        let writer = try fixture.writer()
        for seed in 1...2 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try BaseTrainer(writer).train()
        var options = TrainingOptions()
        options.reason = "two new cubes"
        options.seed = 2
        options.initialVersion = 1
        let stop = StopToken()
        #expect(throws: BasicsError.self) {
            try BaseTrainer(writer).train(options, stop: stop) { report in
                if report.activity == "training" { stop.request() }
            }
        }
        let begun = try writer.archive.history()
        #expect(begun.map(\.action).prefix(3) == ["train-start", "train", "train-start"])
        #expect(begun.first?.objectKind == "training")
        #expect(begun.first?.message == "two new cubes")
        #expect(begun.first?.figures["cubeCount"] == 2)
        #expect(begun.first?.figures["fromVersion"] == 1)
        _ = try BaseTrainer(writer).train(options)
        #expect(try writer.archive.history(of: "2").map(\.action) == ["train", "train-start"])
        #expect(try writer.archive.history(of: "2").last == begun.first)
        #expect(try writer.archive.history(of: "2", limit: 1).map(\.action) == ["train"])
        #expect(try writer.archive.history(of: "1").last?.message == "asked for")
        let starts = try writer.archive.history().filter { $0.action == "train-start" }
        #expect(starts.count == 2)
    }
}
