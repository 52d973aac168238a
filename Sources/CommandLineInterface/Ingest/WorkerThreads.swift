import Foundation
import Synchronization

/// A bounded number of threads for blocking work, which must not sit on Swift's cooperative pool.
enum WorkerThreads {
    private static let stackByteCount = 8 << 20

    /// Does the work on every item and waits for all of it. Items are begun in order; the results
    /// are in the items' order.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], threadCount: Int, _ work: @escaping @Sendable (Item) -> Result
    ) -> [Result] {
        let progress = Progress<Result>()
        let group = DispatchGroup()
        for _ in 0..<max(1, min(threadCount, items.count)) {
            group.enter()
            let thread = Thread {
                while let index = progress.next(below: items.count) {
                    progress.finish(index, work(items[index]))
                }
                group.leave()
            }
            thread.stackSize = stackByteCount
            thread.start()
        }
        group.wait()
        return progress.results
    }

    /// What is begun and what is done, shared by the threads.
    private final class Progress<Result: Sendable>: Sendable {
        private struct State {
            var begunCount = 0
            var results: [Int: Result] = [:]
        }

        private let state = Mutex(State())

        func next(below count: Int) -> Int? {
            state.withLock { state in
                if state.begunCount == count { return nil }
                defer { state.begunCount += 1 }
                return state.begunCount
            }
        }

        func finish(_ index: Int, _ result: Result) {
            state.withLock { $0.results[index] = result }
        }

        var results: [Result] {
            state.withLock { state in state.results.sorted { $0.key < $1.key }.map(\.value) }
        }
    }
}
