import Basics

/// The order in which a training meets its cells: a shuffled list of all, shuffled anew each time
/// round. It follows from the seed and the position alone.
struct ProblemOrder {
    private let count: Int
    private let seed: UInt64
    private var round = -1
    private var list: [Int] = []

    init(count: Int, seed: UInt64) {
        self.count = count
        self.seed = seed
    }

    /// The cells of one iteration. With fewer cells than a batch has, cells come up more than once.
    mutating func choose(iteration: Int, batchCount: Int) -> [Int] {
        let first = iteration * batchCount
        return (first..<first + batchCount).map { position in
            if position / count != round {
                round = position / count
                var generator = SeededGenerator(
                    seed: seed &+ 0x5EED &* UInt64(truncatingIfNeeded: round + 1))
                list = Array(0..<count).shuffled(using: &generator)
            }
            return list[position % count]
        }
    }
}
