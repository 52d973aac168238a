import Catalog
import Foundation
import Testing

/// The work queue loses nothing and does nothing twice at once.
struct JobTests {
    private let fixture: CatalogFixture
    private let noon = CatalogFixture.noon

    init() throws { fixture = try CatalogFixture() }

    @Test func `jobs are claimed by priority, then age, and only of the wanted kinds`() throws {
        let writer = fixture.writer
        let low = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        let high = try writer.enqueue(kind: "encode", subject: "b", priority: 5, at: noon)
        let other = try writer.enqueue(
            kind: "preview", subject: "a", payload: #"{"width":64}"#, priority: 9, at: noon)
        #expect(try writer.claim(kinds: ["nothing"], at: noon) == nil)
        #expect(try writer.claim(kinds: [], at: noon) == nil)
        #expect(try writer.claim(kinds: ["encode"], at: noon)?.id == high)
        #expect(try writer.claim(kinds: ["encode"], at: noon)?.id == low)
        #expect(try writer.claim(kinds: ["encode"], at: noon) == nil)
        let last = try #require(try writer.claim(at: noon))
        #expect(last.id == other)
        #expect(last.payload == #"{"width":64}"#)
        #expect(last.state == .running && last.attemptCount == 1 && last.startedAt == noon)
    }

    @Test func `the same work waits only once`() throws {
        let writer = fixture.writer
        let first = try writer.enqueue(kind: "encode", subject: "a", priority: 1, at: noon)
        #expect(try writer.enqueue(kind: "encode", subject: "a", priority: 3, at: noon) == first)
        #expect(try writer.enqueue(kind: "encode", subject: "a", at: noon) == first)
        #expect(try writer.job(first).priority == 3)
        #expect(try writer.jobCounts()[.queued] == 1)
    }

    @Test func `work queued while the same runs is done afterwards`() throws {
        let writer = fixture.writer
        let first = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        _ = try writer.claim(at: noon)
        let second = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        #expect(second != first)
        #expect(try writer.claim(at: noon) == nil)
        try writer.finish(first, at: noon)
        #expect(try writer.claim(at: noon)?.id == second)
    }

    @Test func `a failed job waits for its retry time, or stays failed`() throws {
        let writer = fixture.writer
        let later = noon.addingTimeInterval(60)
        let job = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        _ = try writer.claim(at: noon)
        try writer.fail(job, error: "no memory", retryAt: later, at: noon)
        #expect(try writer.claim(at: noon) == nil)
        let again = try #require(try writer.claim(at: later))
        #expect(again.attemptCount == 2 && again.error == "no memory")
        try writer.fail(job, error: "still none", at: later)
        let failed = try writer.job(job)
        #expect(failed.state == .failed && failed.error == "still none")
        #expect(failed.finishedAt == later)
        #expect(try writer.claim(at: later) == nil)
    }

    @Test func `a retry gives way to the same work that already waits`() throws {
        let writer = fixture.writer
        let first = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        _ = try writer.claim(at: noon)
        let second = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        try writer.fail(first, error: "broken", retryAt: noon, at: noon)
        #expect(try writer.job(first).state == .failed)
        #expect(try writer.claim(at: noon)?.id == second)
    }

    @Test func `work that was put off is ready when it is asked for again`() throws {
        let writer = fixture.writer
        let job = try writer.enqueue(kind: "ingest", subject: "a", at: noon)
        _ = try writer.claim(at: noon)
        let later = noon.addingTimeInterval(30)
        try writer.fail(job, error: "the disk is full", retryAt: later, at: noon)
        #expect(try writer.claim(at: noon) == nil)
        #expect(try writer.enqueue(kind: "ingest", subject: "a", at: noon) == job)
        #expect(try writer.claim(at: noon)?.id == job)
    }

    @Test func `a job changes only from the state that it should be in`() throws {
        let writer = fixture.writer
        let job = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        #expect(throws: CatalogError.wrongJobState(id: job, needed: .running)) {
            try writer.finish(job, at: noon)
        }
        try writer.cancel(job, at: noon)
        #expect(throws: CatalogError.wrongJobState(id: job, needed: .queued)) {
            try writer.cancel(job, at: noon)
        }
        #expect(throws: CatalogError.notFound(kind: "job", name: "999")) {
            try writer.finish(999, at: noon)
        }
        #expect(throws: CatalogError.self) {
            try writer.enqueue(kind: "encode", subject: "b", payload: "not JSON", at: noon)
        }
    }

    @Test func `a crash puts running jobs back into the queue`() throws {
        let first = try fixture.writer.enqueue(kind: "encode", subject: "a", at: noon)
        let second = try fixture.writer.enqueue(kind: "encode", subject: "b", at: noon)
        _ = try fixture.writer.claim(at: noon)
        _ = try fixture.writer.claim(at: noon)
        let twin = try fixture.writer.enqueue(kind: "encode", subject: "b", at: noon)
        try fixture.writer.close()
        let successor = try CatalogWriter(path: fixture.path)
        #expect(successor.requeuedJobCount == 1)
        #expect(try successor.jobs(state: .running).isEmpty)
        #expect(try successor.jobs(state: .queued).map(\.id) == [first, twin])
        #expect(try successor.job(second).state == .cancelled)
        #expect(try successor.claim(at: noon)?.attemptCount == 2)
    }

    @Test func `finished jobs can be cleared away`() throws {
        let writer = fixture.writer
        let job = try writer.enqueue(kind: "encode", subject: "a", at: noon)
        _ = try writer.claim(at: noon)
        try writer.finish(job, at: noon)
        try writer.enqueue(kind: "encode", subject: "b", at: noon)
        #expect(try writer.removeJobs(finishedBefore: noon) == 0)
        #expect(try writer.removeJobs(finishedBefore: noon.addingTimeInterval(1)) == 1)
        #expect(
            try writer.jobCounts()
                == [.queued: 1, .running: 0, .done: 0, .failed: 0, .cancelled: 0])
    }

    @Test func `threads that claim at the same time never get the same job`() throws {
        let writer = fixture.writer
        let time = noon
        try writer.batch { transaction in
            for index in 0..<60 {
                try transaction.enqueue(kind: "encode", subject: "\(index)", at: time)
            }
        }
        let claimed = Claims()
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            do {
                while let job = try writer.claim(at: time) { claimed.add(job.id) }
            } catch {
                Issue.record(error)
            }
        }
        #expect(claimed.all.count == 60)
        #expect(Set(claimed.all).count == 60)
    }
}

/// Numbers collected from several threads.
private final class Claims: @unchecked Sendable {
    private let lock = NSLock()
    private var numbers: [Int64] = []

    func add(_ number: Int64) { lock.withLock { numbers.append(number) } }
    var all: [Int64] { lock.withLock { numbers } }
}
