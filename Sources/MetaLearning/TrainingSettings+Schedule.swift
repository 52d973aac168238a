import Basics
import Cube
import Foundation

extension TrainingSettings {
    /// Requires every knob to be in its range.
    ///
    /// - Throws: ``MetaLearningError/impossibleSetting(name:reason:)`` or
    ///   ``MetaLearningError/impossibleGrid(reason:)``.
    public func check() throws(MetaLearningError) {
        func require(_ holds: Bool, _ name: String, _ reason: String) throws(MetaLearningError) {
            if !holds { throw .impossibleSetting(name: name, reason: reason) }
        }
        try latentGrid.check()
        try require((1...100).contains(innerStepCount), "innerStepCount", "not 1...100")
        try require(innerRate > 0 && innerRate <= 1e6, "innerRate", "not in 0...1e6")
        try require(outerRate > 0 && outerRate <= 1, "outerRate", "not in 0...1")
        let pixelRange = 1...1_000_000
        try require(pixelRange.contains(outerPixelCount), "outerPixelCount", "not 1...1000000")
        try require((1...1024).contains(batchCount), "batchCount", "not 1...1024")
        try require((1...1024).contains(threadCount), "threadCount", "not 1...1024")
        try require(warmUpIterationCount >= 0, "warmUpIterationCount", "negative")
        try require(mergeNanometers >= 0 && mergeNanometers.isFinite, "mergeNanometers", "negative")
        try require(checkpointIntervalSeconds > 0, "checkpointIntervalSeconds", "not positive")
        try require((iterationLimit ?? 0) >= 0, "iterationLimit", "negative")
        try require((timeLimitSeconds ?? 0) >= 0, "timeLimitSeconds", "negative")
        try require(
            iterationLimit != nil || timeLimitSeconds != nil, "iterationLimit",
            "neither iterations nor time are limited")
    }

    /// The outer rate: a linear warm-up, then half a cosine over the training's whole extent.
    func outerRate(iteration: Int, fraction: Double) -> Float {
        let warmUp = min(1, Double(iteration + 1) / Double(max(1, warmUpIterationCount)))
        return outerRate * Float(warmUp * 0.5 * (1 + cos(Double.pi * min(1, fraction))))
    }

    /// The cells of one iteration: consecutive entries of a shuffled list of all cells, shuffled
    /// anew each time round. With fewer cells than a batch has, cells come up more than once.
    func chooseProblems(iteration: Int, outOf count: Int) -> [Int] {
        let first = iteration * batchCount
        var order: (round: Int, list: [Int])?
        return (first..<first + batchCount).map { position in
            let round = position / count
            if order?.round != round {
                var generator = SeededGenerator(seed: seed &+ 0x5EED &* UInt64(round &+ 1))
                order = (round, Array(0..<count).shuffled(using: &generator))
            }
            return order?.list[position % count] ?? 0
        }
    }

    /// The cells of a batch that sees about ``batchCount`` times ``outerPixelCount`` pixels: more
    /// of them where cells have few, at most ``largestBatchCount``. A step is as long however noisy
    /// its gradient is, so a batch of few pixels would undo more than it learns while the rate is
    /// high.
    ///
    /// - Parameter cellPixelCounts: pixels of each cell, at least one cell.
    func batchCount(cellPixelCounts: [Int]) -> Int {
        let seen = cellPixelCounts.reduce(0) { $0 + min(outerPixelCount, $1) }
        let wanted = batchCount * outerPixelCount * cellPixelCounts.count / max(1, seen)
        return max(batchCount, min(wanted, Self.largestBatchCount, cellPixelCounts.count))
    }

    /// The most cells of a batch that follows from how few pixels they have.
    static let largestBatchCount = 64

    /// The generator of one cell's pixels in one iteration.
    func generator(iteration: Int, index: Int) -> SeededGenerator {
        var mixer = SeededGenerator(seed: seed ^ 0xC0FFEE)
        mixer.state &+= UInt64(iteration) &* 0x1_0000 &+ UInt64(index)
        return SeededGenerator(seed: mixer.next())
    }

    /// Names everything that a checkpoint must share with the training that resumes it: the
    /// settings but for limits and threads, the sampled pixels, and the network started from.
    func fingerprint(scenes: [ScenePixels], initial: BaseNetwork?) -> SHA256Digest {
        var fixed = self
        fixed.iterationLimit = nil
        fixed.timeLimitSeconds = nil
        fixed.checkpointIntervalSeconds = 1
        fixed.threadCount = 1
        let hasher = SHA256Hasher()
        hasher.update(Array("\(fixed)".utf8))
        for scene in scenes {
            hasher.update(Array("\(scene.description.bands) \(scene.liveBandIndices)".utf8))
            scene.coordinates.withUnsafeBytes { hasher.update($0) }
            scene.values.withUnsafeBytes { hasher.update($0) }
        }
        if let initial { hasher.update(initial.contents) }
        return hasher.finalize()
    }
}
