import CubeFiles
import Daemon
import Foundation
import Testing

/// A clock and a folder that exist only in the test.
private struct Stage {
    var tracker: DropTracker
    let start = Date(timeIntervalSince1970: 1_000_000)

    init(partnerTimeoutSeconds: Double = 60, assess: @escaping (String) -> DropState) {
        tracker = DropTracker(
            settleSeconds: 5, partnerTimeoutSeconds: partnerTimeoutSeconds, assess: assess)
    }

    mutating func scan(_ files: [ListedFile], after seconds: Double) -> [DropTracker.Decision] {
        tracker.observe(files, at: start.addingTimeInterval(seconds))
    }
}

private func file(_ path: String, byteCount: Int = 10, inode: UInt = 1) -> ListedFile {
    ListedFile(path: path, byteCount: byteCount, modifiedNanoseconds: 1, inode: inode)
}

private let single = CubeFileSet(
    format: .numpy, files: [CubeFile(role: .container, path: "/in/a.npy")], name: "a")
private let pair = CubeFileSet(
    format: .envi,
    files: [
        CubeFile(role: .binary, path: "/in/a.img"), CubeFile(role: .header, path: "/in/a.hdr"),
    ], name: "a")

@Suite struct DropTrackerTests {
    @Test func `a file is taken once it has lain unchanged for the settle time`() {
        var stage = Stage { _ in .complete(single) }
        #expect(stage.scan([file("/in/a.npy")], after: 0).isEmpty)
        #expect(stage.scan([file("/in/a.npy")], after: 4.9).isEmpty)
        #expect(stage.scan([file("/in/a.npy")], after: 5) == [.take(single)])
    }

    @Test func `a file that grows starts its settle time afresh`() {
        var stage = Stage { _ in .complete(single) }
        _ = stage.scan([file("/in/a.npy", byteCount: 10)], after: 0)
        #expect(stage.scan([file("/in/a.npy", byteCount: 20)], after: 5).isEmpty)
        #expect(stage.scan([file("/in/a.npy", byteCount: 20)], after: 9).isEmpty)
        #expect(stage.scan([file("/in/a.npy", byteCount: 20)], after: 10) == [.take(single)])
    }

    @Test func `a drop is taken once, and again only when it was replaced`() {
        var stage = Stage { _ in .complete(single) }
        _ = stage.scan([file("/in/a.npy")], after: 0)
        #expect(stage.scan([file("/in/a.npy")], after: 5).count == 1)
        #expect(stage.scan([file("/in/a.npy")], after: 500).isEmpty)
        _ = stage.scan([file("/in/a.npy", inode: 2)], after: 501)
        #expect(stage.scan([file("/in/a.npy", inode: 2)], after: 506).count == 1)
    }

    @Test func `a pair is taken once, when both halves have settled, in either order`() {
        for (first, second) in [("/in/a.hdr", "/in/a.img"), ("/in/a.img", "/in/a.hdr")] {
            var bothAreThere = false
            let there = { bothAreThere }
            var stage = Stage { _ in
                there() ? .complete(pair) : .waiting("the other half is missing")
            }
            _ = stage.scan([file(first)], after: 0)
            #expect(stage.scan([file(first)], after: 10).isEmpty)
            bothAreThere = true
            #expect(stage.scan([file(first), file(second)], after: 20).isEmpty)
            #expect(stage.scan([file(first), file(second)], after: 25) == [.take(pair)])
            #expect(stage.scan([file(first), file(second)], after: 30).isEmpty)
        }
    }

    @Test func `half a pair fails only when its partner's time has run out`() {
        var stage = Stage { _ in .waiting("it has no header") }
        _ = stage.scan([file("/in/a.img")], after: 0)
        #expect(stage.scan([file("/in/a.img")], after: 59).isEmpty)
        let decision = stage.scan([file("/in/a.img")], after: 60)
        #expect(decision == [.fail(paths: ["/in/a.img"], reason: "it has no header")])
    }

    @Test func `the waiting time of a pair counts from the last change of either half`() {
        var stage = Stage { _ in .waiting("the binary is too short") }
        let header = file("/in/a.hdr")
        _ = stage.scan([header, file("/in/a.img", byteCount: 1)], after: 0)
        _ = stage.scan([header, file("/in/a.img", byteCount: 2)], after: 50)
        #expect(stage.scan([header, file("/in/a.img", byteCount: 2)], after: 100).isEmpty)
        let decisions = stage.scan([header, file("/in/a.img", byteCount: 2)], after: 110)
        #expect(
            decisions == [
                .fail(paths: ["/in/a.hdr", "/in/a.img"], reason: "the binary is too short")
            ])
    }

    @Test func `a refused file fails as soon as it has settled and an ignored one never`() {
        var stage = Stage { path in
            path.hasSuffix(".txt") ? .refused("not a cube") : .ignored("a dot file")
        }
        _ = stage.scan([file("/in/a.txt"), file("/in/.x")], after: 0)
        let decisions = stage.scan([file("/in/a.txt"), file("/in/.x")], after: 5)
        #expect(decisions == [.fail(paths: ["/in/a.txt"], reason: "not a cube")])
    }

    @Test func `the next settling time is known, so that the daemon can sleep until then`() {
        var stage = Stage { _ in .complete(single) }
        _ = stage.scan([file("/in/a.npy")], after: 2)
        #expect(
            stage.tracker.nextSettling(after: stage.start.addingTimeInterval(2))
                == stage.start.addingTimeInterval(7))
    }
}
