import Basics

public struct FieldEncoder: Sendable {
    public init(network: BaseNetwork, effort: EncodingEffort = .quick, threadCount: Int = 2) {
        fatalError()
    }
    public func encode(_ pixels: ScenePixels, stop: StopToken = StopToken()) throws -> SceneLatent {
        fatalError()
    }
    /// MSE over sampled valid pixels, scaled units
    public func meanSquaredError(of latent: SceneLatent, on pixels: ScenePixels) throws -> Double {
        fatalError()
    }
}
