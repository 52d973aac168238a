/// The sizes of a modulated SIREN: K hidden layers of width d, one latent, C outputs.
///
/// h_0 = (x, y); h_i = sin(w0 (W_i h_(i-1) + b_i + beta_i)) for i = 1...K; the output is
/// W_(K+1) h_K + b_(K+1). The shifts beta = W_M phi + b_M are all that differs between images.
///
/// Invariant: every count lies in its stated range, so parameter counts never overflow.
public struct FieldArchitecture: Hashable, Sendable, Codable {
    /// Most parameters that a network may have: 2^26 (256 MiB of weights).
    public static let maximumParameterCount = 1 << 26

    /// K, the number of hidden layers: 1...64.
    public let hiddenLayerCount: Int
    /// d, the width of every hidden layer: 1...4096.
    public let hiddenWidth: Int
    /// Length of the latent phi: 1...4096.
    public let latentCount: Int
    /// C, the number of outputs (spectral bands): 1...65536.
    public let outputCount: Int
    /// w0, the factor inside every sine: 0.01...1000.
    public let omega: Float

    /// Checks the sizes.
    ///
    /// - Throws: ``NeuralFieldError/impossibleArchitecture(reason:)``.
    public init(
        hiddenLayerCount: Int, hiddenWidth: Int, latentCount: Int, outputCount: Int, omega: Float
    ) throws(NeuralFieldError) {
        self.hiddenLayerCount = hiddenLayerCount
        self.hiddenWidth = hiddenWidth
        self.latentCount = latentCount
        self.outputCount = outputCount
        self.omega = omega
        try Self.check(hiddenLayerCount, in: 1...64, "hidden layers")
        try Self.check(hiddenWidth, in: 1...4096, "units per layer")
        try Self.check(latentCount, in: 1...4096, "latent values")
        try Self.check(outputCount, in: 1...65536, "outputs")
        guard omega >= 0.01, omega <= 1000 else {
            throw .impossibleArchitecture(reason: "omega is \(omega), not 0.01...1000")
        }
        guard parameterCount <= Self.maximumParameterCount else {
            throw .impossibleArchitecture(
                reason: "it has \(parameterCount) parameters, more than 2^26")
        }
    }

    /// Decodes and checks the sizes.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            hiddenLayerCount: values.decode(Int.self, forKey: .hiddenLayerCount),
            hiddenWidth: values.decode(Int.self, forKey: .hiddenWidth),
            latentCount: values.decode(Int.self, forKey: .latentCount),
            outputCount: values.decode(Int.self, forKey: .outputCount),
            omega: values.decode(Float.self, forKey: .omega))
    }

    /// Number of parameters of the sine network itself (Theta in the paper).
    public var sineParameterCount: Int {
        let first = hiddenWidth * 3
        let hidden = (hiddenLayerCount - 1) * hiddenWidth * (hiddenWidth + 1)
        return first + hidden + outputCount * (hiddenWidth + 1)
    }

    /// Number of parameters of the map from latents to shifts (W_M and b_M).
    public var modulationParameterCount: Int { shiftCount * (latentCount + 1) }

    /// Number of parameters that all images share (Theta+).
    public var parameterCount: Int { sineParameterCount + modulationParameterCount }

    /// Number of shifts of one image: K x d.
    public var shiftCount: Int { hiddenLayerCount * hiddenWidth }

    private static func check(
        _ count: Int, in range: ClosedRange<Int>, _ what: String
    ) throws(NeuralFieldError) {
        guard range.contains(count) else {
            throw .impossibleArchitecture(
                reason: "\(count) \(what), not \(range.lowerBound)...\(range.upperBound)")
        }
    }
}
