import Basics
import Cube
import CubeCodec
import MetaLearning

extension ExactCubeSource {
    /// The pixels that stand for a cube in training and encoding, decoded in one pass on all
    /// processors. They do not depend on how many there are.
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
        let geometry = description.geometry
        var collector = try ScenePixelCollector(
            description: description, grid: grid, seed: seed, pixelBudget: pixelBudget)
        try readBlocks(
            CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands), stop: stop
        ) { block in
            collector.add(block: block)
            progress?(block.window.lines.upperBound, geometry.lines)
        }
        return try collector.finish()
    }
}
