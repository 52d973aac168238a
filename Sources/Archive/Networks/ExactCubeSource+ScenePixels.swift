import Basics
import Cube
import MetaLearning

extension CubeSource {
    /// The pixels that stand for a cube in training and encoding, read in one pass.
    ///
    /// - Parameters:
    ///   - grid: how the cube is divided into latent cells.
    ///   - seed: decides which pixels are taken.
    ///   - pixelBudget: pixels held in memory at most.
    ///   - progress: called with lines done and lines in all.
    /// - Throws: ``MetaLearningError`` where the cube has no valid sample or the grid does not fit.
    func scenePixels(
        grid: LatentGrid, seed: UInt64, pixelBudget: Int, stop: StopToken,
        progress: ((_ done: Int, _ total: Int) -> Void)? = nil
    ) throws -> ScenePixels {
        var collector = try ScenePixelCollector(
            description: description, grid: grid, seed: seed, pixelBudget: pixelBudget)
        for lines in lineRanges(ofAtMost: Ingestor.blockByteCount) {
            try stop.check()
            collector.add(block: try read(lines: lines))
            progress?(lines.upperBound, description.geometry.lines)
        }
        return try collector.finish()
    }
}
