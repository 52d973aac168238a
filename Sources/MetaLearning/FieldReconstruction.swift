import Cube

public struct FieldReconstruction: CubeSource {
    public let description: CubeDescription
    public init(
        network: BaseNetwork, latent: SceneLatent, description: CubeDescription,
        threadCount: Int = 2
    ) throws { fatalError() }
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        fatalError()
    }
    /// [bands][lines][samples] in data units
    public func decodeValues(_ window: CubeWindow, bandIndices: [Int]) throws -> [Float] {
        fatalError()
    }
}
