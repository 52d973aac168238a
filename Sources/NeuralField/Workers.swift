import Basics
import Dispatch
import Foundation
import Synchronization

/// Independent jobs on a bounded number of threads.
public enum Workers {
    /// Runs `jobCount` jobs on at most `threadCount` threads at once; returns when all are done.
    ///
    /// The job gets its index and the number of its worker, below `threadCount`: no two jobs of one
    /// worker run at once, so each worker can have scratch memory of its own.
    public static func run(
        _ jobCount: Int, threadCount: Int, job: @Sendable (_ index: Int, _ worker: Int) -> Void
    ) {
        let workerCount = min(max(1, threadCount), jobCount)
        if workerCount <= 1 {
            for index in 0..<jobCount { job(index, 0) }
            return
        }
        let counter = Counter()
        withoutActuallyEscaping(job) { job in
            let work: @Sendable (Int) -> Void = { worker in
                while case let index = counter.next(), index < jobCount { job(index, worker) }
            }
            if ThreadPriority.isLowered {
                runOnOwnThreads(workerCount, work)
            } else {
                DispatchQueue.concurrentPerform(iterations: workerCount) { work($0) }
            }
        }
    }

    /// Counts jobs from 0.
    private final class Counter: Sendable {
        private let taken = Atomic<Int>(0)

        func next() -> Int { taken.add(1, ordering: .relaxed).oldValue }
    }

    /// Threads of a pool have the pool's priority; those that a lowered thread starts have its own.
    private static func runOnOwnThreads(
        _ workerCount: Int, _ work: @escaping @Sendable (Int) -> Void
    ) {
        let group = DispatchGroup()
        for worker in 1..<workerCount {
            group.enter()
            let thread = Thread {
                work(worker)
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        work(0)
        group.wait()
    }
}
