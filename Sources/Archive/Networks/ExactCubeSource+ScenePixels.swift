import Basics
import Cube
import CubeCodec
import MetaLearning

extension ExactCubeSource {
    /// The pixels that stand for a cube in training and encoding, decoded in one pass on all
    /// processors. They do not depend on how many there are.
    ///
    /// - Parameters:
    ///   - wanted: how the cube is divided into cells, once or in several ways, and what is kept.
    ///   - seed: decides which pixels are taken.
    ///   - progress: called with lines done and lines in all.
    /// - Returns: as many as are wanted, in the same order.
    /// - Throws: ``MetaLearningError`` where the cube has no valid sample or a grid does not fit.
    func scenePixels(
        _ wanted: [PixelSampling], seed: UInt64, stop: StopToken,
        progress: ((_ done: Int, _ total: Int) -> Void)? = nil
    ) throws -> [ScenePixels] {
        let geometry = description.geometry
        var collectors = try wanted.map {
            try ScenePixelCollector(
                description: description, grid: $0.grid, seed: seed, pixelBudget: $0.pixelBudget,
                cellLimit: $0.cellLimit)
        }
        try readBlocks(
            CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands), stop: stop
        ) { block in
            for index in collectors.indices { collectors[index].add(block: block) }
            progress?(block.window.lines.upperBound, geometry.lines)
        }
        return try collectors.indices.map { try collectors[$0].finish() }
    }
}
