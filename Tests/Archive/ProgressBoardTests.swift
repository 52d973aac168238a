import Archive
import Basics
import Foundation
import Testing

/// What a process shows of its work to others.
@Suite struct ProgressBoardTests {
    private func training(_ iteration: Int, of total: Int = 4000) -> ProgressReport {
        ProgressReport(
            activity: "training", subject: "base network", completedCount: iteration,
            totalCount: total, unit: "iterations",
            figures: ["psnrDecibels": Double(iteration) / 100, "secondsRemaining": 90])
    }

    /// Boards are written at most once a second, and always when something is taken off.
    private func published(_ board: ProgressBoard, in fixture: ArchiveFixture) throws
        -> [ProgressEntry]
    {
        board.clear("nothing")
        return try ProgressBoard.entries(in: ArchiveLayout(folder: fixture.path))
    }

    @Test func `a training's curve keeps its shape in few points`() throws {
        let fixture = try ArchiveFixture()
        let board = ProgressBoard(ArchiveLayout(folder: fixture.path))
        for iteration in 1...4000 { board.show(training(iteration), under: "upkeep") }
        let entry = try #require(try published(board, in: fixture).first)
        let curve = try #require(entry.curve)
        #expect((100...240).contains(curve.count))
        #expect(curve.first?.completedCount == 1)
        #expect(try #require(curve.last).completedCount > 3900)
        #expect(curve.allSatisfy { $0.psnrDecibels == Double($0.completedCount) / 100 })
        let end = try #require(entry.expectedEndAt)
        #expect(abs(end.timeIntervalSince(entry.at) - 90) < 0.001)
    }

    @Test func `another activity begins another curve, and one without quality has none`() throws {
        let fixture = try ArchiveFixture()
        let board = ProgressBoard(ArchiveLayout(folder: fixture.path))
        board.show(training(5), under: "upkeep")
        var reading = ProgressReport(
            activity: "reading", subject: "cubes", completedCount: 0, totalCount: 9, unit: "cubes")
        board.show(reading, under: "upkeep")
        var entry = try #require(try published(board, in: fixture).first)
        #expect(entry.curve == nil)
        #expect(entry.expectedEndAt == nil)
        reading.completedCount = 9
        board.show(reading, under: "upkeep")
        entry = try #require(try published(board, in: fixture).first)
        #expect(entry.expectedEndAt == entry.at)
        board.show(training(7), under: "upkeep")
        entry = try #require(try published(board, in: fixture).first)
        #expect(entry.curve?.map(\.completedCount) == [7])
    }
}
