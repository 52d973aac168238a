/// What a training gave.
public struct TrainingResult: Sendable {
    /// The trained network.
    public var network: BaseNetwork
    /// Outer steps taken, resumed runs included.
    public let iterationCount: Int
    /// Time spent training, resumed runs included.
    public var seconds: Double
    /// PSNR of each scene's sampled pixels after encoding with the trained inner loop, in the
    /// order of the scenes; nil where the reconstruction is exact.
    public let scenePSNRDecibels: [Double?]
}
