import Basics
import NeuralField

/// One cell to be fitted: its sampled pixels and the bands of them that its network knows.
///
/// Invariant: `pixelRange` is not empty and neither is `columns`.
struct CellProblem: Sendable {
    let scene: ScenePixels
    let pixelRange: Range<Int>
    /// Positions in the scene's live bands of those that count.
    let columns: [Int]
    let output: PackedOutput

    /// The most pixels that a batch can have.
    func batchPixelCount(atMost limit: Int) -> Int { min(limit, pixelRange.count) }

    /// Fills a batch with one random pixel of each of `pixelCount` equal parts of the cell, or with
    /// all where they are no more than wanted.
    func gather(_ pixelCount: Int, into batch: FieldBatch, generator: inout SeededGenerator) {
        guard pixelCount < pixelRange.count else { return gather(pixelRange, into: batch) }
        gather(
            parts(pixelCount).map { $0.lowerBound + generator.index(below: $0.count) },
            into: batch)
    }

    /// Fills a batch with the middles of equal parts of the cell: the pixels of the inner loop.
    func gatherMiddles(_ pixelCount: Int, into batch: FieldBatch) {
        guard pixelCount < pixelRange.count else { return gather(pixelRange, into: batch) }
        gather(parts(pixelCount).map { $0.lowerBound + $0.count / 2 }, into: batch)
    }

    /// The middles of equal parts of the cell, at most a third more than `pixelCount`: three of
    /// four to fit, and every fourth to judge the fit by.
    func splitMiddles(_ pixelCount: Int) -> (fitted: [Int], judging: [Int]) {
        let count = min(pixelCount + pixelCount / 3, pixelRange.count)
        let middles = parts(count).map { $0.lowerBound + $0.count / 2 }
        let judging = stride(from: 3, to: count, by: 4).map { middles[$0] }
        return (middles.indices.filter { $0 % 4 != 3 }.map { middles[$0] }, judging)
    }

    private func parts(_ count: Int) -> [Range<Int>] {
        (0..<count).map { part in
            pixelRange.lowerBound + part * pixelRange.count / count..<pixelRange.lowerBound
                + (part + 1) * pixelRange.count / count
        }
    }

    func gather(_ pixels: some Collection<Int>, into batch: FieldBatch) {
        batch.gather(
            pixels, coordinates: scene.coordinates, values: scene.values, columns: columns,
            valueBandCount: scene.liveBandIndices.count)
    }
}

extension ScenePixels {
    /// The live bands that a network knows: their positions in ``liveBandIndices`` and the map
    /// that computes them.
    func match(onto grid: BandGrid) -> (columns: [Int], map: OutputMap) {
        let mapping = BandMapping(of: description, onto: grid)
        let columns = liveBandIndices.indices.filter { mapping.terms[liveBandIndices[$0]] != nil }
        return (columns, mapping.outputMap(ofBands: columns.map { liveBandIndices[$0] }))
    }
}
