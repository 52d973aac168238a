import Basics
import Dispatch
import Synchronization

/// Independent jobs on a bounded number of threads.
public enum Workers {
    /// Runs `jobCount` jobs on at most `threadCount` threads at once; returns when all are done.
    ///
    /// The job gets its index and the number of its worker, below `threadCount`: no two jobs of one
    /// worker run at once, so each worker can have scratch memory of its own. A thread whose
    /// priority was lowered does them all itself, because the threads of the pool have the pool's
    /// priority.
    public static func run(
        _ jobCount: Int, threadCount: Int, job: @Sendable (_ index: Int, _ worker: Int) -> Void
    ) {
        let workerCount = min(max(1, threadCount), jobCount)
        if workerCount <= 1 || ThreadPriority.isLowered {
            for index in 0..<jobCount { job(index, 0) }
            return
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: workerCount) { worker in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= jobCount { return }
                job(index, worker)
            }
        }
    }
}
