import Foundation
import Synchronization

/// Does independent pieces of blocking work on several threads and hands their results on in
/// order, on the caller's thread.
///
/// Invariant: at most `threadCount` + 1 pieces are begun and not yet handed on, so memory is
/// bounded however slow the receiver is.
public enum OrderedWork {
    /// As many threads as the machine has processors.
    public static var processorCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    private static let stackByteCount = 8 << 20

    /// Does pieces 0..<count.
    ///
    /// - Parameters:
    ///   - threadCount: how many pieces are worked on at once, at least 1; 1 needs no thread.
    ///   - work: makes one result; called from several threads at once.
    ///   - handOn: takes the results in order, one at a time.
    /// - Throws: what `work` throws for the first piece that fails, what `handOn` throws, and
    ///   ``BasicsError/stopped``; no piece is in work any more then.
    public static func run<Result: Sendable>(
        count: Int, threadCount: Int, stop: StopToken,
        work: @escaping @Sendable (Int) throws -> Result, handOn: (Int, Result) throws -> Void
    ) throws {
        precondition(threadCount > 0, "somebody has to work")
        guard threadCount > 1, count > 1 else {
            for index in 0..<count {
                try stop.check()
                try handOn(index, work(index))
            }
            return
        }
        let pieces = Pieces<Result>(count: count, limit: threadCount + 1)
        let group = DispatchGroup()
        for _ in 0..<min(threadCount, count) {
            group.enter()
            let thread = Thread {
                while let index = pieces.begin() {
                    pieces.finish(index, Swift.Result { try work(index) })
                }
                group.leave()
            }
            thread.stackSize = stackByteCount
            thread.start()
        }
        defer {
            pieces.cancel(threadCount: threadCount)
            group.wait()
        }
        for index in 0..<count {
            try stop.check()
            try handOn(index, pieces.result(of: index))
        }
    }

    /// What is begun and what is done, shared by the threads.
    private final class Pieces<Result: Sendable>: Sendable {
        private struct State {
            var begunCount = 0
            var isCancelled = false
            var results: [Int: Swift.Result<Result, any Error>] = [:]
        }

        private let count: Int
        private let state = Mutex(State())
        /// Pieces that may still be begun before another one is handed on. It starts at 0 and is
        /// raised, because a semaphore must never end below where it started.
        private let room = DispatchSemaphore(value: 0)
        /// Counts finished pieces.
        private let finished = DispatchSemaphore(value: 0)

        init(count: Int, limit: Int) {
            self.count = count
            for _ in 0..<limit { room.signal() }
        }

        /// The next piece; nil where there is none any more.
        func begin() -> Int? {
            room.wait()
            let index = state.withLock { state -> Int? in
                guard !state.isCancelled, state.begunCount < count else { return nil }
                defer { state.begunCount += 1 }
                return state.begunCount
            }
            // The next thread that waits here has to see the end too.
            if index == nil { room.signal() }
            return index
        }

        func finish(_ index: Int, _ result: Swift.Result<Result, any Error>) {
            state.withLock { $0.results[index] = result }
            finished.signal()
        }

        /// Waits for a piece and takes its result out.
        func result(of index: Int) throws -> Result {
            while true {
                if let result = state.withLock({ $0.results.removeValue(forKey: index) }) {
                    room.signal()
                    return try result.get()
                }
                finished.wait()
            }
        }

        func cancel(threadCount: Int) {
            state.withLock { $0.isCancelled = true }
            for _ in 0..<threadCount { room.signal() }
        }
    }
}
