import Basics
import Cube

public struct ScenePixelCollector {
    public init(
        description: CubeDescription, grid: LatentGrid, seed: UInt64, pixelBudget: Int = 20_000
    ) throws(MetaLearningError) { fatalError() }
    public mutating func add(block: SampleBlock) { fatalError() }
    public consuming func finish() throws(MetaLearningError) -> ScenePixels { fatalError() }
}
